"""`mlq-check`: say which MLflow search filters MLflow will refuse, where, and what to write."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mlq.cli import guard
from mlq.cli.arguments import parse
from mlq.cli.checked import Checked, UncheckableError
from mlq.cli.configured import Configured
from mlq.cli.files import read_stdin
from mlq.cli.inputs import files, stays_out
from mlq.cli.options import FOR_PEOPLE, STDIN, Options
from mlq.cli.tally import Tally
from mlq.cli.versions import Versions
from mlq.crashes import heard_by

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from mlq.cli.files import Source
    from mlq.hosts.modules import Modules

Check = Callable[[], Checked]


def main(arguments: Sequence[str] | None = None, *, prog: str = "mlq-check") -> int:
    """Check what the arguments name; return 0, 1 where MLflow refuses a filter, 2 where something failed."""
    return guard.guarded(prog, lambda: _run(parse(arguments, prog=prog), prog))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of the arguments, as every command has one."""
    from mlq.cli.parser import parser as made

    return made(prog)


def _run(options: Options, prog: str) -> int:
    if not options.watch:
        return _once(options, prog)
    from mlq.cli.watch import repeat

    return repeat(partial(_once, options, prog), partial(_watched, options))


def _watched(options: Options) -> Iterator[str]:
    """Yield the files whose changes matter; what is wrong with them is the run's to say."""
    configured = Configured(options.overrides, lambda *_: None)
    return (file for file, _ in files(replace(options, since=None), configured, lambda *_: None))


def _once(options: Options, prog: str) -> int:
    tally = Tally(prog, options)
    with heard_by(lambda what, error: tally.fail(what, guard.internal_error(error))):
        return _answer(options, tally)


def _answer(options: Options, tally: Tally) -> int:
    configured = Configured(options.overrides, tally.fail)
    faults = configured.faults()
    for fault in faults:
        tally.fail(fault.origin, fault.message)
    if faults:
        return tally.status
    versions = Versions(configured, partial(guard.say, tally.prog))
    if options.jsonl:
        from mlq.cli import jsonl

        return jsonl.answer(versions.set().version, tally)
    if options.why:
        from mlq.cli import why

        return why.answer(*options.why, configured, tally)
    _report(options, _results(_checks(options, versions, tally), tally), tally)
    return tally.status


def _report(options: Options, results: Iterable[Checked], tally: Tally) -> None:
    from mlq.cli.output import opened
    from mlq.cli.report import writer_for
    from mlq.cli.style import style_for

    try:
        with opened(options) as out:
            writer_for(options)(tally.counted(results), out, style_for(out))
    except UncheckableError as error:
        tally.fail(options.output_file or "standard output", str(error))
        return
    if options.output_format in FOR_PEOPLE or options.changes:
        tally.sum_up()


def _results(checks: Iterable[tuple[str, Check]], tally: Tally) -> Iterator[Checked]:
    """Yield the result of each check; what cannot be checked is said, and the rest goes on."""
    for name, check in checks:
        tally.progress.begin(name)
        checked = _result(name, check, tally)
        if checked is not None:
            yield checked


def _result(name: str, check: Check, tally: Tally) -> Checked | None:
    try:
        return check()
    except UncheckableError as error:
        tally.fail(name, str(error))
    except Exception as error:  # noqa: BLE001 (a mistake of ours must not hide the other files' findings)
        tally.fail(name, guard.internal_error(error))
    return None


def _checks(options: Options, versions: Versions, tally: Tally) -> Iterator[tuple[str, Check]]:
    """Yield what is to be checked, by name, each file once."""
    if options.filter is not None:
        yield "--filter", partial(_check_filter, options.filter, options.entity, versions)
        return
    check = _list if options.list_filters else partial(_check, versions=versions)
    checked = partial(_checked, versions.configured)
    handle = partial(_handler, check, options, tally)
    if STDIN in options.paths:
        name = options.stdin_filename
        if not (name and stays_out(name, versions.configured)):
            yield name or "<stdin>", partial(checked, handle(is_stdin=True), read_stdin, name)
        elif options.prints_text:  # Whoever pipes a text through has to get it back.
            leave = _handler(_leave, options, tally, is_stdin=True)
            yield name, partial(checked, leave, read_stdin, name)
    for file, read in files(options, versions.configured, tally.fail):
        yield file, partial(checked, handle(is_stdin=False), read, file)


def _handler(
    check: Callable[[Source], Checked], options: Options, tally: Tally, *, is_stdin: bool
) -> Callable[[Source], Checked]:
    if options.add_ignores:
        from mlq.cli.add_ignores import add_ignores

        return partial(add_ignores, check=check, tally=tally)
    if not options.mends:
        return check
    from mlq.cli.mend import mend

    return partial(mend, check=check, options=options, tally=tally, is_stdin=is_stdin)


def _checked(
    configured: Configured, check: Callable[[Source], Checked], read: Callable[[str], Source], name: str
) -> Checked:
    source, keys = read(name), configured.filter_keys(name)
    return check(replace(source, filter_keys=keys) if keys else source)


def _leave(source: Source) -> Checked:
    return Checked(source.path, source.text, ())


def _list(source: Source, modules: Modules | None = None) -> Checked:
    if _is_bare(source):
        return Checked(source.path, source.text, (), language=source.language)
    from mlq.hosts import find_regions

    modules = _modules(source) if modules is None else modules
    regions = find_regions(source.text, source.language, modules, source.filter_keys)
    return Checked(source.path, source.text, regions, language=source.language)


def _check(source: Source, versions: Versions) -> Checked:
    if _is_bare(source):
        return _list(source)
    from mlq.hosts import holds_queries

    modules = _modules(source)
    listed = _list(source, modules)
    # Most of the others hold nothing either, and the parser of filters is slow to load.
    is_bare = not listed.regions and not _searches(source) and not _suppresses(source)
    if is_bare and not holds_queries(source.text, source.language):
        return listed
    from mlq.ide.analysis import Analysis
    from mlq.ide.check import Judge, dialect_of
    from mlq.ide.model import Document

    chosen = versions.chosen(source.path)
    judge = Judge(chosen.version, chosen.sqlparse or None)
    document = Document(source.text, source.language, source.path, modules, source.filter_keys)
    configured = versions.configured
    analysis = Analysis(
        document, judge, configured.keys(source.path), selection=configured.selection(source.path)
    )
    unjudged = [region.entity for region in listed.regions if dialect_of(region.entity, judge) is None]
    return replace(listed, diagnostics=tuple(analysis.diagnostics()), unjudged=tuple(unjudged))


def _is_bare(source: Source) -> bool:
    """Whether nothing is to be found in a text, as most are told by the words that they lack."""
    return source.is_bare and not source.filter_keys


def _modules(source: Source) -> Modules:
    from mlq.hosts.evidence import in_python

    if source.language not in {"python", "notebook"} or not in_python(source.text):
        return ()
    from mlq.siblings import modules_of

    return modules_of(source.text, source.language, source.path)


def _suppresses(source: Source) -> bool:
    if "mlq" not in source.text.lower():
        return False
    from mlq.ide.directives import MAY_BE_UNUSED

    return bool(MAY_BE_UNUSED.search(source.text))


def _searches(source: Source) -> bool:
    from mlq.hosts.calls import find_calls
    from mlq.hosts.order_by import find_order_by

    text, language = source.text, source.language
    return bool(find_order_by(text, language) or find_calls(text, language))


def _check_filter(text: str, entity: str, versions: Versions) -> Checked:
    from mlq.cli.bare import check_bare, region_of
    from mlq.ide.check import Judge
    from mlq.ide.model import Diagnostic

    region = region_of(text, entity)
    chosen = versions.chosen(os.curdir)
    findings = check_bare(text, entity, Judge(chosen.version, chosen.sqlparse or None))
    shown = versions.configured.selection("<filter>").of(Diagnostic(finding, region) for finding in findings)
    return Checked("<filter>", text, (region,), tuple(shown))
