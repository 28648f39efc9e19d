"""Pages: what people see and send. One folder a slice, with the slice's name; one page a file.

Usable by everybody, on a phone and an old tablet. A view opens one door, asks queries or
makes one action call, and renders. Words: *page* (a template and the view that fills it), *form* (homeround.web.forms),
*sign-in state* (who is at the other end of a request, and whether they are locked), *signature* (what ties a form to
its person, capacity and subject), *draft* (what was typed and is not saved yet).

Not here: rules, tables, rights. Nothing below imports a model.
"""
