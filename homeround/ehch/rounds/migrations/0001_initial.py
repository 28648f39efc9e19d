import django.db.models.deletion
from django.db import migrations, models

import homeround.kernel.record.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("decisions", "0001_initial"),
        ("directory", "0001_initial"),
        ("residents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PutForward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                (
                    "ref",
                    models.CharField(
                        default=homeround.kernel.record.refs.new_ref, editable=False, max_length=16, unique=True
                    ),
                ),
                ("asks", models.CharField(max_length=10)),
                ("words", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.carehome"
                    ),
                ),
                (
                    "moved_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rounds.putforward",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.resident"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("stands", True)),
                        fields=["home"],
                        name="rounds_put_forward_open",
                    ),
                    models.Index(fields=["resident"], name="rounds_put_forward_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_putforward_end_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="rounds_put_forward_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotNeeded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                ("because", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.resident"
                    ),
                ),
                (
                    "put_forward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.putforward"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_notneeded_end_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="rounds_not_needed_says_why"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)), fields=("put_forward",), name="rounds_not_needed_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                ("how", models.CharField(blank=True, default="", max_length=10)),
                ("outcome", models.CharField(max_length=18)),
                ("notes", models.TextField(blank=True, default="")),
                ("wanted", models.TextField(blank=True, default="")),
                ("see_again_on", models.DateField(blank=True, null=True)),
                ("see_again_week_on", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "moved_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rounds.review",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.resident"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rounds.review",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MadeInReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.followup",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.resident"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.review"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_madeinreview_end_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__isnull", False), ("follow_up", None)),
                            models.Q(("decision", None), ("follow_up__isnull", False)),
                            _connector="OR",
                        ),
                        name="rounds_made_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewConfirming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.resident"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.review"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_reviewconfirming_end_is_told",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)), fields=("review",), name="rounds_review_confirmed_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewHolds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.resident"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.review"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_reviewholds_end_is_told",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                (
                    "ref",
                    models.CharField(
                        default=homeround.kernel.record.refs.new_ref, editable=False, max_length=16, unique=True
                    ),
                ),
                ("on", models.DateField()),
                ("mode", models.CharField(max_length=10)),
                ("home_representative", models.CharField(max_length=120)),
                ("medical_input", models.CharField(blank=True, default="", max_length=200)),
                ("no_medical_input_because", models.CharField(blank=True, default="", max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.carehome"
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["home", "on"], name="rounds_of_a_home")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_round_end_is_told",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("stands", True)),
                        fields=("home", "on"),
                        name="rounds_one_open_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("medical_input", ""), _negated=True),
                            models.Q(("no_medical_input_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rounds_medical_input_or_why_none",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="review",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["resident", "happened_at"], name="rounds_reviews_of"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("see_again_week_on__isnull", False), ("stands", True)),
                fields=["see_again_week_on"],
                name="rounds_see_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_how", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                    _connector="OR",
                ),
                name="rounds_review_end_is_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands", True)), fields=("supersedes",), name="rounds_review_one_next"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands", True), ("supersedes", None)),
                fields=("round", "resident", "reviewer"),
                name="rounds_review_one_first",
            ),
        ),
        migrations.CreateModel(
            name="RoundAmendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                ("words", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["round", "recorded_at"], name="rounds_amendments_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_roundamendment_end_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="rounds_amendment_says_what"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundCancelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                ("because", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_roundcancelling_end_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="rounds_cancelling_says_why"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)), fields=("round",), name="rounds_cancelled_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CancellingTakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                ("because", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "cancelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.roundcancelling"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_cancellingtakenback_end_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="rounds_cancelling_back_says_why"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)), fields=("cancelling",), name="rounds_cancelling_back_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stands", models.BooleanField(default=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=64)),
                ("retention", models.CharField(default="care record", max_length=32)),
                ("summary", models.TextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "for_whom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "held_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.body"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rounds_roundclosing_end_is_told",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)), fields=("round",), name="rounds_closed_once"
                    ),
                ],
            },
        ),
    ]
