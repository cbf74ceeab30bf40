# -*- coding: no-such-codec -*-
# The encoding named in the first line does not exist: a SyntaxError before anything runs.
print("never")
