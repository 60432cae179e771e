"""What visitors think up: cards of an ideas table, and what somebody put in the box on the website. No names, ever."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.models import Site

from .enums import IdeaStatus
from .querysets import IdeaQuerySet, IdeaTableQuerySet

# The four of the source; a table may ask others.
QUESTIONS = (1, 2, 3, 4)


class IdeaTable(models.Model):
    """An afternoon at which visitors answer questions on cards. A question that is empty was not asked."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="idea_tables")
    day = models.DateField(_("dag"))
    question_1 = models.CharField(_("vraag 1"), max_length=150)
    question_2 = models.CharField(_("vraag 2"), max_length=150, blank=True)
    question_3 = models.CharField(_("vraag 3"), max_length=150, blank=True)
    question_4 = models.CharField(_("vraag 4"), max_length=150, blank=True)
    people = models.PositiveSmallIntegerField(_("hoeveel mensen er waren"), null=True, blank=True)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = IdeaTableQuerySet.as_manager()

    class Meta:
        verbose_name = _("ideeëntafel")
        verbose_name_plural = _("ideeëntafels")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="idea_table_once_per_day"),
            models.CheckConstraint(condition=~Q(question_1=""), name="idea_table_asks_something"),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.day:%Y-%m-%d}"

    @property
    def questions(self) -> dict[int, str]:
        """Number -> question, of those that were asked."""
        return {number: words for number in QUESTIONS if (words := getattr(self, f"question_{number}"))}


class Idea(models.Model):
    """One card. `table` and `question` are empty for one from the box, which waits until the coordinator looked at it.

    `since` is the first day of a month: who was seen with a telephone on some day stays unknown.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="ideas")
    table = models.ForeignKey(IdeaTable, models.PROTECT, null=True, blank=True, related_name="ideas")
    question = models.PositiveSmallIntegerField(_("vraag"), null=True, blank=True)
    text = models.CharField(_("idee"), max_length=200)
    language = models.CharField(_("taal"), max_length=5, default="nl")
    since = models.DateField(_("sinds"))
    votes = models.PositiveSmallIntegerField(_("stemmen"), default=0)
    status = models.CharField(_("hoever"), max_length=10, choices=IdeaStatus, default=IdeaStatus.PROPOSED)
    why = models.CharField(_("waarom niet"), max_length=200, blank=True)
    activity = models.ForeignKey("activities.Activity", models.SET_NULL, null=True, blank=True, related_name="ideas")
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idee")
        verbose_name_plural = _("ideeën")
        ordering = ["-votes", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="idea_has_words"),
            models.CheckConstraint(condition=Q(status__in=IdeaStatus.values), name="idea_status_known"),
            models.CheckConstraint(condition=~Q(status=IdeaStatus.IMPOSSIBLE) | ~Q(why=""), name="idea_says_why_not"),
            models.CheckConstraint(
                condition=Q(table__isnull=True, question__isnull=True)
                | Q(table__isnull=False, question__isnull=False, question__in=QUESTIONS),
                name="idea_answers_a_question_of_its_table",
            ),
            models.CheckConstraint(
                condition=~Q(status=IdeaStatus.WAITING) | Q(table__isnull=True), name="idea_on_a_card_waits_for_nobody"
            ),
            models.CheckConstraint(condition=Q(since__day=1), name="idea_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return self.text


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)
