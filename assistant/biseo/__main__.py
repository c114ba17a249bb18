"""`python -m biseo`: the command line without an installed script."""

import sys

if __name__ == "__main__":  # not in child processes, which import this module, too
    from biseo_models.offline import arm, guard

    arm("command")  # before anything else: from here on nothing in this process reaches a network
    from biseo import paths

    guard.record_in(paths.attempts_folder())
    from biseo.cli import main

    sys.exit(main())
