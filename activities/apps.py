from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Aanbod")

    def ready(self) -> None:
        """Say what this room adds to `/mijn/`, the desk and the history, and what of it hangs on an organisation; and hear what calendars must."""
        from partners.relations import Relation, add_relation, just_move, move_or_drop  # noqa: PLC0415  # models are there only now
        from sites import allowed, blocks, short_links  # noqa: PLC0415
        from sites.rights import Right  # noqa: PLC0415
        from sites.told import listen  # noqa: PLC0415

        from . import desk_words, effects, outing_touch, own_data, touching  # noqa: PLC0415
        from .actions.touched import tell_calendars_of  # noqa: PLC0415
        from .allowed import titles  # noqa: PLC0415
        from .my_help import my_help  # noqa: PLC0415
        from .on_paper import OF_ACTIVITY, activity_path  # noqa: PLC0415
        from .own_dates import own_dates  # noqa: PLC0415
        from .own_places import own_places  # noqa: PLC0415
        from .to_count import to_count  # noqa: PLC0415
        from .views import partner_desk  # noqa: PLC0415

        blocks.add_block(blocks.Block(10, "activities/_my_shifts.html", my_help))
        blocks.add_block(blocks.Block(15, "activities/_to_count.html", to_count))
        blocks.add_block(blocks.Block(20, "activities/_own_dates.html", own_dates))
        blocks.add_block(blocks.Block(50, "activities/_own_places.html", own_places))
        about = _("Wie meewerkt, wat ze brengen, en wie vertrekt")
        view, right = "activities:partners_desk", Right.MANAGE_PEOPLE
        blocks.add_door(blocks.Door(40, _("Partners"), about, view, right, partner_desk.tell))
        organises = move_or_drop("activities.SeriesOrganiser", "series")
        comes_along = move_or_drop("activities.Guest", "occurrence")
        add_relation(Relation("activities.SeriesOrganiser", "organisation", organises, "series__activity__site"))
        add_relation(Relation("activities.Guest", "organisation", comes_along, "occurrence__site"))
        add_relation(Relation("activities.Presence", "organisation", move_or_drop("activities.Presence", "attendance")))
        carries = just_move("activities.Continuation")
        add_relation(Relation("activities.Continuation", "organisation", carries))
        allowed.add_names(titles)
        proposes = just_move("activities.Series", "proposed_by")
        add_relation(Relation("activities.Series", "proposed_by", proposes))
        for position, collect in enumerate(
            (
                touching.partners,
                outing_touch.reservations,
                touching.volunteers,
                touching.rooms,
                touching.combined,
                touching.channels,
            )
        ):
            effects.add_collector(10 * position, collect)
        short_links.add_page(OF_ACTIVITY, activity_path)
        desk_words.say()
        own_data.say()
        listen(tell_calendars_of)
