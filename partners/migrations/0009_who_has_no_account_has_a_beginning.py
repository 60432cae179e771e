from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0008_since_when_they_help"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='volunteer',
            name='volunteer_has_an_account_or_a_name_at_a_site',
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('since__isnull', True), ('site__isnull', True), ('until__isnull', True), ('user__isnull', False)), models.Q(('since__isnull', False), ('site__isnull', False), ('user__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='volunteer_has_an_account_or_a_name_at_a_site'),
        ),
    ]
