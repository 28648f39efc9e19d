import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import homeround.kernel.record.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=homeround.kernel.record.refs.new_ref, editable=False, max_length=16, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "bodies",
                "ordering": ("name", "code"),
                "indexes": [models.Index(fields=["kind", "name"], name="directory_body_by_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code"), name="directory_body_code_once_in_its_kind"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_on", None),
                            ("closed_on", None),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="directory_body_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            ("code", django.db.models.functions.text.Upper("code")),
                        ),
                        name="directory_body_code_upper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=80)),
                ("newest_began_on", models.DateField()),
                ("newest_ended_on", models.DateField()),
                ("row_count", models.PositiveIntegerField()),
                ("told", models.JSONField()),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "files taken",
                "ordering": ("newest_began_on", "newest_ended_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="installation",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pcn",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pcn",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
                ("postcode", models.CharField(blank=True, default="", max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="practice",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
                ("postcode", models.CharField(blank=True, default="", max_length=8)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
                ("dormant", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="provider",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="region",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
                ("ons_code", models.CharField(blank=True, default="", max_length=9)),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="team",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=homeround.kernel.record.refs.new_ref, editable=False, max_length=16, unique=True
                    ),
                ),
                ("what", models.CharField(max_length=12)),
                ("ends_on", models.DateField(null=True)),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=120)),
                ("accepted", models.BooleanField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="directory.body"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None), ("other", None)),
                        fields=("what", "body"),
                        name="directory_proposal_open_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("what", "body", "other"),
                        name="directory_proposal_open_once_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted", None), ("decided_at", None), ("decided_by", "")),
                            models.Q(("decided_at__isnull", False), models.Q(("decided_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="directory_proposal_decided_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PcnPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "pcn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="directory.pcn"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="directory.practice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pcn", "practice", "opened_on"), name="directory_link_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="directory_link_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareHome",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="care_home",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
                ("ods_code", models.CharField(blank=True, default="", max_length=10)),
                ("address", models.CharField(blank=True, default="", max_length=300)),
                ("postcode", models.CharField(blank=True, default="", max_length=8)),
                ("local_authority", models.CharField(blank=True, default="", max_length=80)),
                ("area_ons_code", models.CharField(blank=True, default="", max_length=9)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
                ("beds", models.PositiveIntegerField(blank=True, null=True)),
                ("with_nursing", models.BooleanField(default=False)),
                ("without_nursing", models.BooleanField(default=False)),
                ("serves", models.JSONField(blank=True, default=list)),
                ("dormant", models.BooleanField(default=False)),
                (
                    "succeeds",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="succeeded_by",
                        to="directory.carehome",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="homes",
                        to="directory.provider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ods_code"], name="directory_home_by_ods"),
                    models.Index(fields=["local_authority"], name="directory_home_by_la"),
                    models.Index(fields=["area_ons_code"], name="directory_home_by_area"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Icb",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="icb",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
                ("ons_code", models.CharField(blank=True, default="", max_length=9)),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="icbs",
                        to="directory.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubIcb",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sub_icb",
                        serialize=False,
                        to="directory.body",
                    ),
                ),
                ("ons_code", models.CharField(blank=True, default="", max_length=9)),
                (
                    "icb",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sub_icbs",
                        to="directory.icb",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="practice",
            name="sub_icb",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="practices", to="directory.subicb"
            ),
        ),
        migrations.AddField(
            model_name="pcn",
            name="sub_icb",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="pcns", to="directory.subicb"
            ),
        ),
    ]
