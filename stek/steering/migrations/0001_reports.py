from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sites', '0010_languages_and_facilities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7, verbose_name='periode')),
                ('frozen_on', models.DateField(verbose_name='vastgezet op')),
                ('meeting_on', models.DateField(blank=True, null=True, verbose_name='voor de vergadering van')),
                ('version', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('figures', models.JSONField(editable=False)),
                ('partnership', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='reports', to='sites.partnership')),
            ],
            options={
                'verbose_name': 'verslag',
                'verbose_name_plural': 'verslagen',
                'ordering': ['-frozen_on', '-pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('partnership', 'period'), name='report_once_per_period'),
                    models.CheckConstraint(condition=models.Q(('period__startswith', '20')), name='report_is_of_a_period'),
                    models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='report_has_a_shape'),
                ],
            },
        ),
    ]
