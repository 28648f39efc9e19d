"""Official open-data files, read: CQC active locations, ODS ePCN and epraccur, the ONS lookup of NHS areas.

Serves REQ-01 and REQ-02: homes, PCNs and practices are those of the registers, whatever the edition of the file.
Words: *sheet* (a table in a file), *layout* (the headings that tell what a sheet is), *set aside* (a row of a kind that
is not kept), *rejected* (a row that cannot be believed), *unreadable* (a file that is refused whole).

A file is recognised by what is in it, never by its name. Nothing is loaded here: `recognise.read_file` returns frozen
rows of `directory.rows`, and `directory.actions.take_in` takes them in.
"""
