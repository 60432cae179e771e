"""Looking and repairing, for administrators."""

from django.contrib import admin

from sites.admin import ReadOnlyAdmin, RepairAdmin
from sites.forms.guarded import GuardedModelForm

from .models import Alias, Body, Engagement, Invitation, Membership, Organisation, OrganisationName, Seat


class NameInline(admin.TabularInline):
    model = OrganisationName
    form = GuardedModelForm
    extra = 0


class AliasInline(admin.TabularInline):
    model = Alias
    form = GuardedModelForm
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(RepairAdmin):
    list_display = ["code", "kind", "has_control_function", "needs_check"]
    list_filter = ["kind", "has_control_function", "needs_check"]
    search_fields = ["code", "names__name", "aliases__name"]
    inlines = [NameInline, AliasInline]


@admin.register(Engagement)
class EngagementAdmin(RepairAdmin):
    list_display = ["organisation", "site", "since", "until"]
    list_filter = ["site"]
    list_select_related = ["organisation", "site"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "kind", "site", "partnership", "invited_at", "accepted_at", "withdrawn_at"]
    list_filter = ["site"]
    list_select_related = ["site", "partnership"]
    exclude = ["token_hash"]


for model in (Body, Seat, Membership):
    admin.site.register(model, RepairAdmin)
