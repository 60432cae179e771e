# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# Production settings, so that the static files get the names and the compression they are served with. The secret is for this step.
RUN STEK_ENV=production ALLOWED_HOSTS=localhost SECRET_KEY="$(/venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    sh -c '/venv/bin/python -P stek/catalogues.py compile && /venv/bin/python manage.py collectstatic --no-input --verbosity 0'

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STEK_ENV=production
RUN useradd --system --no-create-home --uid 10001 stek
WORKDIR /app
COPY --from=build /venv /venv
# var/ holds the collected static files and beat's own notes, which may be lost at any time.
COPY --from=build --chown=stek:stek /app /app
USER stek
EXPOSE 8000
CMD ["gunicorn", "stek.wsgi", "--config", "python:stek.serving", "--bind", "0.0.0.0:8000"]
