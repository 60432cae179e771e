from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Say what of this room hangs on an organisation, and what it adds to the desk and the history."""
        from sites import blocks  # noqa: PLC0415  # models are there only now
        from sites.rights import Right  # noqa: PLC0415

        from . import desk_words, emails  # noqa: PLC0415
        from .actions import merging  # noqa: PLC0415
        from .relations import Relation, add_relation, just_move  # noqa: PLC0415
        from .views.people import how_people_stand  # noqa: PLC0415

        about = _("Wie een sleutel heeft, wie uitgenodigd is, en tot wanneer.")
        blocks.add_door(blocks.Door(60, _("Mensen"), about, "partners:people", Right.MANAGE_PEOPLE, how_people_stand))
        add_relation(Relation("partners.OrganisationName", "organisation", merging.move_names))
        add_relation(Relation("partners.Alias", "organisation", merging.move_aliases))
        add_relation(Relation("partners.Engagement", "organisation", merging.move_engagements, "site"))
        add_relation(Relation("partners.Seat", "organisation", merging.move_seats))
        add_relation(Relation("partners.Membership", "organisation", merging.move_memberships))
        add_relation(Relation("partners.Organisation", "parent", merging.move_members))
        # After the rows it tells of.
        add_relation(Relation("partners.Leaving", "organisation", merging.move_leavings, position=90))
        add_relation(Relation("partners.Invitation", "organisation", just_move("partners.Invitation")))
        about = _("Stuurgroep, werkgroep en participatiegroep: wie erin zit")
        blocks.add_door(blocks.Door(45, _("Groepen"), about, "partners:groups", Right.MANAGE_PEOPLE))
        desk_words.say()
        emails.say()
