"""The project's own benchmark: how long our pages take, beside a plain program over the same data (`make bench`).

`world` builds as many homes and residents as it is told, `floor` is the plain program, `serving` starts both as they
are served in use, `asking` asks them, `measuring` compares. Figures differ from machine to machine; ratios of one run
hold. Nothing here passes or fails: what is free of noise (how many statements) is held by the tests.
"""
