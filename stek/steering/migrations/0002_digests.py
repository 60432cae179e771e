from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0010_languages_and_facilities'),
        ('steering', '0001_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('stuurgroep', 'brief aan de stuurgroep'), ('partners', 'wat werd ervan: brief aan de partners')], max_length=10, verbose_name='soort')),
                ('period', models.CharField(max_length=7, verbose_name='periode')),
                ('state', models.CharField(choices=[('sent', 'verstuurd'), ('held', 'tegengehouden')], max_length=4, verbose_name='toestand')),
                ('since', models.DateField(verbose_name='vanaf')),
                ('until', models.DateField(verbose_name='tot')),
                ('partnership', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='digests', to='sites.partnership')),
            ],
            options={
                'verbose_name': 'brief',
                'verbose_name_plural': 'brieven',
                'ordering': ['-until', '-pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('partnership', 'kind', 'period'), name='digest_once_per_period'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='digest_ends_after_begin'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'held'])), name='digest_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['stuurgroep', 'partners'])), name='digest_kind_known'),
                ],
            },
        ),
    ]
