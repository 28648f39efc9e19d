import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import homeround.kernel.refs
from homeround.kernel.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Body",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ref",
                            models.CharField(
                                default=homeround.kernel.refs.new_ref, editable=False, max_length=16, unique=True
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("region", "NHS England region"),
                                    ("icb", "Integrated care board"),
                                    ("sub_icb", "Sub-ICB location"),
                                    ("pcn", "Primary care network"),
                                    ("practice", "GP practice"),
                                    ("provider", "Care provider"),
                                    ("home", "Care home"),
                                    ("team", "Team"),
                                    ("installation", "This installation"),
                                ],
                                max_length=12,
                            ),
                        ),
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
                            models.UniqueConstraint(
                                fields=("kind", "code"), name="directory_body_code_once_in_its_kind"
                            ),
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
                        (
                            "sub_icb",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pcns",
                                to="directory.subicb",
                            ),
                        ),
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
                        (
                            "sub_icb",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practices",
                                to="directory.subicb",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PcnPractice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="directory.practice",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pcn", "practice", "opened_on"), name="directory_link_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                                ),
                                name="directory_link_closes_after_it_opens",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
