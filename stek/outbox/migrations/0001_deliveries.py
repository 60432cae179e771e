import django.db.models.deletion
import stek.time
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(max_length=60, verbose_name='soort')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres')),
                ('language', models.CharField(blank=True, max_length=5, verbose_name='taal')),
                ('about', models.CharField(max_length=80)),
                ('period', models.CharField(blank=True, max_length=40)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('secret', models.TextField(blank=True)),
                ('begins_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'wacht'), ('claimed', 'wacht'), ('sending', 'vertrekt'), ('sent', 'verstuurd'), ('failed', 'niet gelukt'), ('uncertain', 'onzeker'), ('dropped', 'niet meer nodig')], default='waiting', max_length=10, verbose_name='toestand')),
                ('reason', models.CharField(blank=True, choices=[('', ''), ('unreachable', 'De mailserver antwoordt niet. We proberen het opnieuw.'), ('deferred', 'De mailbox neemt nu niets aan. We proberen het opnieuw.'), ('refused', 'De mailserver weigert dit adres of dit bericht.'), ('given_up', 'Het lukte twee dagen lang niet.'), ('broken', 'Wij konden dit bericht niet schrijven.'), ('silent', 'De mailserver kreeg het bericht en zei niet of het aankwam.'), ('interrupted', 'Ons programma stopte terwijl het bericht vertrok.'), ('untrue', 'Wat erin stond, klopt niet meer.'), ('newer', 'Er is een nieuwer bericht over hetzelfde.'), ('too_late', 'Het zou te laat komen.'), ('at_night', 'Het was nacht, en ’s morgens is het te laat.'), ('stopped', 'De ontvanger wil dit soort berichten niet.'), ('closed', 'Het account van de ontvanger is gesloten.')], max_length=12, verbose_name='reden')),
                ('answer', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('written_at', models.DateTimeField(default=stek.time.now, verbose_name='geschreven')),
                ('due_at', models.DateTimeField(default=stek.time.now, verbose_name='op zijn vroegst')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='afgehandeld')),
                ('retry_at', models.DateTimeField(default=stek.time.wall_now)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sites.site')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bericht',
                'verbose_name_plural': 'berichten',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at', 'id'], name='delivery_due'), models.Index(condition=models.Q(('state__in', ('claimed', 'sending'))), fields=['lease_until'], name='delivery_under_way'), models.Index(fields=['site', '-id'], name='delivery_at_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'claimed', 'sending', 'sent', 'failed', 'uncertain', 'dropped'])), name='delivery_state_known'), models.CheckConstraint(condition=models.Q(('reason__in', ['', 'unreachable', 'deferred', 'refused', 'given_up', 'broken', 'silent', 'interrupted', 'untrue', 'newer', 'too_late', 'at_night', 'stopped', 'closed'])), name='delivery_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('lease_until__isnull', False), ('state__in', ('claimed', 'sending'))), models.Q(('state__in', ('claimed', 'sending')), _negated=True), _connector='OR'), name='delivery_under_way_is_somebodys'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'dropped')), _negated=True), models.Q(('address', ''), ('facts', {}), ('secret', '')), _connector='OR'), name='delivery_keeps_nothing_when_over'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('user__isnull', False), models.Q(('address', ''), _negated=True), _connector='OR'), name='delivery_waits_for_somebody'), models.CheckConstraint(condition=models.Q(('period', ''), models.Q(('address', ''), ('user__isnull', False)), _connector='OR'), name='delivery_once_has_an_account'), models.UniqueConstraint(condition=models.Q(('period', ''), _negated=True), fields=('kind', 'user', 'about', 'period'), name='delivery_once'), models.UniqueConstraint(condition=models.Q(('period', ''), ('state', 'waiting'), ('user__isnull', False)), fields=('kind', 'user', 'address', 'about'), name='delivery_one_notice_waits_for_a_user'), models.UniqueConstraint(condition=models.Q(('period', ''), ('state', 'waiting'), ('user__isnull', True)), fields=('kind', 'address', 'about'), name='delivery_one_notice_waits_for_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='soort')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'stop',
                'verbose_name_plural': 'stops',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='stop_once')],
            },
        ),
    ]
