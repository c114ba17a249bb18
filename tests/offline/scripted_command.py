"""`biseo write` and its like with a scripted model: `python -m tests.offline.scripted_command WORDS`."""

import sys

if __name__ == "__main__":
    from biseo_models.offline import arm

    arm("command")
    import biseo.cli.write as writing
    from biseo_models.scripted import ScriptedEngine
    from biseo_ui.launch import main

    writing.open_engine = lambda *_given: ScriptedEngine(lambda _job: "한빛시는 책잔치를 연다고 밝혔다.")  # type: ignore
    writing.prepare_default = lambda *_given: None  # type: ignore
    sys.exit(main(sys.argv[1:]))
