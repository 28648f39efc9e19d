import django.db.models.deletion
from django.db import migrations, models

import homeround.kernel.record.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("findings", models.JSONField()),
                ("because", models.TextField()),
                ("accepted_at", models.DateTimeField()),
                ("accepted_by", models.TextField()),
                ("key_id", models.CharField(max_length=32)),
                ("mac", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "kernel_audit_acceptance",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("logged_at", models.DateTimeField()),
                ("actor", models.TextField()),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.BigIntegerField(null=True)),
                ("op", models.CharField(max_length=8)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("place_id", models.BigIntegerField(null=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "kernel_audit_entry",
                "indexes": [
                    models.Index(fields=["subject_id", "logged_at"], name="audit_entry_subject"),
                    models.Index(fields=["table_name", "row_id"], name="audit_entry_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("count", models.BigIntegerField()),
                ("leaves", models.BinaryField()),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("key_id", models.CharField(max_length=32)),
                ("mac", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_audit_seal",
            },
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("membership_id", models.BigIntegerField()),
                ("action", models.CharField(max_length=128)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("token", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.TextField(blank=True)),
                ("result", models.TextField(blank=True)),
                ("form", models.CharField(blank=True, max_length=200)),
                ("sent", models.CharField(blank=True, max_length=64)),
                ("answer", models.CharField(blank=True, max_length=200)),
                ("done_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_done",
                "indexes": [
                    models.Index(
                        condition=models.Q(("content", ""), _negated=True), fields=["expires_at"], name="done_readable"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("membership_id", "token", "action", "subject"), name="done_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("membership_id", models.BigIntegerField()),
                ("form", models.CharField(max_length=200)),
                ("token", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "kernel_draft",
                "constraints": [
                    models.UniqueConstraint(fields=("membership_id", "form", "token"), name="draft_one_a_form")
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("beat_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_heartbeat",
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.TextField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("membership_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=8)),
                ("page", models.CharField(max_length=64)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("place_id", models.BigIntegerField(null=True)),
                ("thing_id", models.BigIntegerField(null=True)),
                ("subjects", models.JSONField(default=list)),
                ("ground", models.CharField(max_length=64)),
                ("looked_at", models.DateTimeField()),
                ("spool_ref", models.CharField(max_length=16, null=True, unique=True)),
            ],
            options={
                "db_table": "kernel_look",
                "indexes": [
                    models.Index(fields=["subject_id", "looked_at"], name="look_subject"),
                    models.Index(fields=["place_id", "looked_at"], name="look_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=homeround.kernel.record.refs.new_ref, max_length=16, unique=True)),
                ("user_id", models.BigIntegerField(null=True)),
                ("mailbox", models.CharField(blank=True, max_length=254)),
                ("purpose", models.CharField(max_length=64)),
                ("body", models.JSONField()),
                ("dedupe_key", models.CharField(max_length=128, unique=True)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("leased_by", models.CharField(blank=True, max_length=64)),
                ("failure", models.CharField(blank=True, max_length=80)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "kernel_outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at__isnull", True), ("handed_over_at__isnull", True)),
                        fields=["next_try_at"],
                        name="outbox_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("handed_over_at__isnull", True)),
                        fields=["due_at"],
                        name="outbox_not_handed_over",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mailbox", ""), ("user_id__isnull", False)),
                            models.Q(("user_id__isnull", True), models.Q(("mailbox", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="outbox_one_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handed_over_at__isnull", True), ("given_up_at__isnull", True), _connector="OR"
                        ),
                        name="outbox_one_final_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=4)),
                ("installation", models.CharField(max_length=16)),
                ("stamped_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kernel_stamp",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="stamp_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["demo", "live"])), name="stamp_demo_or_live"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditPayload",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="kernel.auditentry",
                    ),
                ),
                ("salt", models.CharField(max_length=64)),
                ("body", models.TextField()),
            ],
            options={
                "db_table": "kernel_audit_payload",
            },
        ),
        migrations.CreateModel(
            name="AuditDisposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.TextField()),
                ("disposed_at", models.DateTimeField()),
                ("disposed_by", models.TextField()),
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="disposal",
                        to="kernel.auditentry",
                    ),
                ),
            ],
            options={
                "db_table": "kernel_audit_disposal",
            },
        ),
    ]
