from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Say what of this room hangs on an organisation, and what it adds to the desk and the history."""
        from sites import allowed, blocks  # noqa: PLC0415  # models are there only now
        from sites.rights import Right  # noqa: PLC0415

        from . import desk_words, emails, funding_letters, meeting_letters, own_data  # noqa: PLC0415
        from .actions import merging  # noqa: PLC0415
        from .allowed import organisation_names  # noqa: PLC0415
        from .my_groups import my_groups  # noqa: PLC0415
        from .relations import Relation, add_relation, just_move, move_or_drop  # noqa: PLC0415
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
        about = _("Wie de plek betaalt, tot wanneer, en wat daarna blijft")
        blocks.add_door(blocks.Door(50, _("Geld"), about, "partners:fundings", Right.MANAGE_FUNDING))
        add_relation(Relation("partners.Present", "organisation", move_or_drop("partners.Present", "meeting")))
        add_relation(Relation("partners.ActionPoint", "organisation", just_move("partners.ActionPoint")))
        add_relation(Relation("partners.Service", "organisation", just_move("partners.Service")))
        about = _("Wie met wat helpt, voor bezoekers en om naar te verwijzen")
        blocks.add_door(blocks.Door(42, _("Wegwijzer"), about, "partners:services", Right.MANAGE_OFFER))
        blocks.add_block(blocks.Block(40, "partners/_my_groups.html", my_groups))
        about = _("Stuurgroep, werkgroep en participatiegroep: wie erin zit")
        blocks.add_door(blocks.Door(45, _("Groepen"), about, "partners:groups", Right.MANAGE_PEOPLE))
        allowed.add_names(organisation_names)
        desk_words.say()
        emails.say()
        meeting_letters.say()
        funding_letters.say()
        own_data.say()
