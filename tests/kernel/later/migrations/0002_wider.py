from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.AlterField("auditentry", "op", models.CharField(max_length=16)),
        migrations.AlterField("auditpayload", "salt", models.CharField(max_length=128)),
        migrations.AddField("outbox", "colour", models.CharField(max_length=8, default="")),
        migrations.RemoveField("look", "thing_id"),
    ]
