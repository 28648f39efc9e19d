"""What any NHS service needs, before a word about care homes.

Words: NHS number, working day, bank holiday, horizon (the last day whose holidays are known), London day, refusal,
ref, port, reviewed data, kept row, audit entry, seal, token, outbox.

Here: refusals, times, working_days, bank_holidays, reviewed, nhs_number, refs and ports are plain Python; actions,
kept, models, audit and outbox touch the database.

Not here: any noun of the EHCH service, bodies (directory), people who sign in (accounts), anything of the web.
Imports nothing of ours. Serves REQ-67 (the count of working days) and lies under all others.
"""
