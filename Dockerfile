# One image for web, worker and beat; docker-compose.yml says which command each runs. How it is made stands in .ci/image-steps.
FROM python:3.13-slim-trixie AS build
ENV STEK_STATIC=/srv/static
WORKDIR /app
COPY requirements.lock .
COPY .ci/image-steps .ci/
RUN .ci/image-steps install /venv
COPY . .
RUN .ci/image-steps build /venv

FROM python:3.13-slim-trixie
# Nothing in /app is ever written. What a process notes for itself is in /run/stek, which is memory and gone when it stops.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STEK_ENV=production STEK_STATIC=/srv/static STEK_VAR=/run/stek
# pg_dump and pg_restore for backups; as new as the database of docker-compose.yml.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --no-create-home --uid 10001 stek \
    && install --directory --owner stek --mode 700 /run/stek /srv/erasures /srv/backups
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app
USER 10001
EXPOSE 8000
CMD ["gunicorn", "stek.wsgi", "--config", "python:stek.serving", "--bind", "0.0.0.0:8000"]
