"""`mlq completions`: a script by which a shell completes the commands, their options and their values."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from mlq.cli import guard
from mlq.cli.main import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_EPILOG = """\
examples:
  mlq completions bash > ~/.local/share/bash-completion/completions/mlq
  mlq completions zsh > ~/.zfunc/_mlq
  mlq completions fish > ~/.config/fish/completions/mlq.fish

bash looks for mlq-check's under its own name: link mlq-check to mlq there, or `source` the script.
"""

_FILES = frozenset({"FILE", "PATH"})


class Option(NamedTuple):
    """An argument of a command: how it is written (nothing for one by place), and what it takes.

    That is one of `values`, or else a file, or else what nobody can foretell.
    """

    flags: tuple[str, ...]
    help: str
    takes_value: bool
    values: tuple[str, ...]
    is_file: bool


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print the script of a shell."""
    shell = parser(prog).parse_args(arguments).shell
    return guard.guarded(prog, lambda: _print(shell))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq completions`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Print a script by which a shell completes mlq and mlq-check.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("shell", choices=tuple(_SHELLS), help="the shell that is to read it")
    return made


def _print(shell: str) -> int:
    commands = {name: list(_options(name)) for name in COMMANDS}
    print("\n".join(_SHELLS[shell](commands)))
    return guard.NOTHING_WRONG


def _options(command: str) -> Iterator[Option]:
    """Yield the arguments of a command, those by place last."""
    # argparse has no other way to tell.
    actions = import_module(f"mlq.cli.{command}").parser(f"mlq {command}")._actions
    for action in sorted(actions, key=lambda action: not action.option_strings):
        metavar = str(action.metavar)
        values = _rules() if metavar.startswith("RULE") else tuple(map(str, action.choices or ()))
        help_ = (action.help or "").partition(" (")[0].partition("; ")[0]
        is_file = metavar.partition(":")[0] in _FILES
        yield Option(tuple(action.option_strings), help_, action.nargs != 0, values, is_file)


def _rules() -> tuple[str, ...]:
    from mlq.rules.page import ALL_RULES

    return tuple(rule.code for rule in ALL_RULES)


Commands = dict[str, list[Option]]


def _bash(commands: Commands) -> Iterator[str]:
    yield from (
        "# mlq and mlq-check in bash",
        "_mlq() {",
        "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=check",
        "    COMPREPLY=()",
        '    if [ "${COMP_WORDS[0]##*/}" = mlq ]; then',
        '        if [ "$COMP_CWORD" -eq 1 ]; then',
        f'            COMPREPLY=($(compgen -W "{" ".join(commands)}" -- "$current"))',
        "            return",
        "        fi",
        "        command=${COMP_WORDS[1]}",
        "    fi",
        '    case "$command $previous" in',
    )
    for name, options in commands.items():
        for option in options:
            if option.flags and option.takes_value:
                patterns = "|".join(f'"{name} {flag}"' for flag in option.flags)
                yield f"        {patterns}) {_bash_values(option)}; return ;;"
    yield from ("    esac", '    case "$command $current" in')
    for name, options in commands.items():
        flags = " ".join(flag for option in options for flag in option.flags)
        yield f'        "{name} -"*) COMPREPLY=($(compgen -W "{flags}" -- "$current")) ;;'
        for option in options:
            if not option.flags:
                yield f'        "{name} "*) {_bash_values(option)} ;;'
                break
    yield from ("    esac", "}", "complete -o filenames -F _mlq mlq mlq-check")


def _bash_values(option: Option) -> str:
    if option.values:
        return f'COMPREPLY=($(compgen -W "{" ".join(option.values)}" -- "$current"))'
    if not option.is_file:
        return ":"
    return """local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$current"))"""


def _zsh(commands: Commands) -> Iterator[str]:
    yield from ("#compdef mlq mlq-check", "# mlq and mlq-check in zsh", "_mlq() {")
    yield "    local command=check"
    yield "    if [[ $service == mlq ]]; then"
    yield "        if (( CURRENT == 2 )); then"
    listed = " ".join(_quoted(f"{name}:{summary}") for name, summary in COMMANDS.items())
    yield f"            local -a commands=({listed})"
    yield "            _describe command commands; return"
    yield "        fi"
    yield "        command=$words[2]; shift words; (( CURRENT-- ))"
    yield "    fi"
    yield "    case $command in"
    for name, options in commands.items():
        yield f"        {name}) _arguments \\"
        yield from (f"            {_quoted(spec)} \\" for option in options for spec in _zsh_specs(option))
        yield "            ;;"
    yield from (
        "    esac",
        "}",
        'if [ "$funcstack[1]" = _mlq ]; then _mlq "$@"; else compdef _mlq mlq mlq-check; fi',
    )


def _zsh_specs(option: Option) -> Iterator[str]:
    action = f"({' '.join(option.values)})" if option.values else "_files" if option.is_file else ""
    if not option.flags:
        yield f"*:{_plain(option.help)}:{action}"
    for flag in option.flags:
        yield f"{flag}[{_plain(option.help)}]" + (f":value:{action}" if option.takes_value else "")


def _plain(text: str) -> str:
    return text.translate(str.maketrans("[]:", "() "))


def _fish(commands: Commands) -> Iterator[str]:
    yield "# mlq and mlq-check in fish"
    for name, summary in COMMANDS.items():
        yield f"complete -c mlq -f -n __fish_use_subcommand -a {name} -d {_quoted(summary)}"
    for name, options in commands.items():
        places = [f"complete -c mlq -n {_quoted(f'__fish_seen_subcommand_from {name}')}"]
        places += ["complete -c mlq-check"] if name == "check" else []
        told = [
            option for option in options if option.flags or option.values
        ]  # else fish offers files itself
        yield from (f"{place} {_fish_option(option)}" for place in places for option in told)


def _fish_option(option: Option) -> str:
    flags = [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags]
    takes = [f"-x -a {_quoted(' '.join(option.values))}"] if option.values else []
    if option.flags and option.takes_value and not option.values:
        takes = ["-r -F"] if option.is_file else ["-x"]
    return " ".join([*flags, *takes, f"-d {_quoted(option.help)}"])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


_SHELLS: dict[str, Callable[[Commands], Iterable[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
