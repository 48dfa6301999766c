"""Filters in shell scripts: options of MLflow's command line, and Python that is handed over."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import Edit, apply
from mlq.hosts import explain, find_filters
from mlq.hosts.shell import regions
from support.embedded import accepted, check
from support.hosts import check_map, texts

# What is wrong is mended in the words of the shell.
MENDED = {
    "double quotes": (
        r"""
        mlflow traces search --filter-string "status = 'OK' AND tags.a == 'b'"
                                                                       ^^ MLQ406
        """,
        "=",
    ),
    "single quotes over lines": (
        r"""
        export A=1
        MLFLOW_TRACKING_URI=x uv run mlflow traces search --experiment-id 1 \
            --filter-string='tags.a = 3' | jq .
                                      ^ MLQ402
        """,
        '"3"',
    ),
    "no quotes": (
        r"""
        python -m mlflow traces search --filter-string tags.a\ =\ 3
                                                                  ^ MLQ402
        """,
        r"\'3\'",
    ),
    "quotes of C": (
        r"""
        mlflow traces search --filter-string $'tags.b = \'x\'\nAND tags.a = 3'
                                                                            ^ MLQ402
        """,
        '"3"',
    ),
    "several quotes in one word": (
        r"""
        mlflow traces search --filter-string tags.a' = '"3 "
                                                         ^ MLQ402
        """,
        "'3'",
    ),
    "a command in a command": (
        r"""
        if true; then
            ids=$(mlflow datasets list --filter-string "tags.a = 3")
                                                                 ^ MLQ402
        fi
        """,
        "'3'",
    ),
    "a variable": (
        r"""
        WHERE="tags.a = 3"
                        ^ MLQ402
        mlflow traces search --filter-string "$WHERE"
        """,
        "'3'",
    ),
    "beside an expansion": (
        r"""
        mlflow traces search --filter-string "tags.a = '$A' AND tags.\`b c\` = 3 AND tags.b = \"${B:-x}\""
                                                                               ^ MLQ402
        """,
        "'3'",
    ),
    "Python in an argument": (
        r"""
        python3 -c 'import mlflow; mlflow.search_runs([], "params.b = 3")' || true
                                                                      ^ MLQ401
        """,
        r"'\''3'\''",
    ),
    "Python in an argument of many lines": (
        r"""
        poetry run python -c "
        import mlflow
        mlflow.search_runs([], 'params.b = 3', [\"a DESC\"])
                                           ^ MLQ401
        "
        """,
        r"\"3\"",
    ),
    "Python in a document": (
        r"""
        python - <<'EOF' --verbose
        import mlflow
        mlflow.search_runs([], "params.b = 3")
                                           ^ MLQ401
        EOF
        """,
        "'3'",
    ),
    "Python in a document that is expanded": (
        r"""
        cat > train.py <<EOF
        mlflow.search_runs([], "params.a = '$A' AND params.b = 3")
                                                               ^ MLQ401
        mlflow.search_runs([], "params.a = $A")
        EOF
        """,
        "'3'",
    ),
    "Python in a document behind tabs": (
        """
        if true; then
        \tpython <<-EOF
        \tmlflow.search_runs([], '''
        \t    params.b = 3
                        ^ MLQ401
        \t''')
        \tEOF
        fi
        """,
        '"3"',
    ),
    "queries in a document": (
        r"""
        cat << 'EOF' > best.mlq
        SEARCH runs WHERE params.b = 3;
                                     ^ MLQ401
        EOF
        """,
        "'3'",
    ),
}


@pytest.mark.parametrize(("source", "fixed"), MENDED.values(), ids=MENDED.keys())
def test_a_filter_is_checked_and_mended(source: str, fixed: str) -> None:
    check(source, "a.sh", fixed)


def test_an_order_by_is_split_at_commas() -> None:
    check(
        """
        mlflow traces search --order-by "timestamp_ms DESC, status OR x"
                                                            ^^^^^^^^^^^ MLQ851
        """,
        "a.sh",
    )


SILENT = {
    "another program": "myflow traces search --filter-string 'a = 1'",
    "a command that searches nothing": "mlflow ui --filter-string 'a = 1'",
    "another option": "mlflow traces search --filter 'a = 1'",
    "a comment": "# mlflow traces search --filter-string 'a = 1'",
    "a text": "x='mlflow traces search --filter-string a'",
    "data for a program": "python run.py <<EOF\nmlflow.search_runs([], 'a = 1')\nEOF\n",
    "text for a person": "cat <<EOF\nmlflow.search_runs([], 'a = 1')\nEOF\n",
    "all of it open": 'mlflow traces search --filter-string "$1"',
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_the_rest(text: str) -> None:
    assert texts(text, path="a.sh") == []


ENTITIES = {
    "runs search": "runs",
    "experiments search": "experiments",
    "models list": "registered_models",
    "datasets list": "evaluation_datasets",
    "traces search": "traces",
    "--env-file x traces search": "traces",
}


@pytest.mark.parametrize(("command", "entity"), ENTITIES.items())
def test_the_group_of_commands_tells_what_is_searched(command: str, entity: str) -> None:
    [region] = find_filters(f"mlflow {command} --filter-string 'a = 1'\n", path="a.bash")
    assert region.entity == entity


def test_expansions_are_holes() -> None:
    [region] = find_filters('mlflow traces search --filter-string "a = $X AND b = \'$(c "d")\'"', path="a.sh")
    assert region.text == "a = {} AND b = '{}'"
    assert [hole.source for hole in region.gaps] == ["$X", '$(c "d")']


def test_the_console_in_markdown() -> None:
    source = """
        ```console
        $ mlflow traces search \\
        >   --filter-string "tags.a = 3"
                                      ^ MLQ402
        mlflow traces search --filter-string "tags.a = 3"
        (venv) me@host:~$ mlflow traces search --filter-string 'tags.b
        = 3'
          ^ MLQ402
        ```
        """
    check(source, "a.md")


def test_completion_writes_what_the_quotes_must_hold() -> None:
    source = "mlflow traces search --filter-string 'status = $0'"
    assert accepted(source, "a.sh", "OK") == "mlflow traces search --filter-string 'status = \"OK\"'"


def test_the_reason_is_said() -> None:
    text = "mlflow traces search --filter-string 'a = 1'\npython -c 'mlflow.search_runs([], x)'"
    assert explain(text, "shellscript", 1) == ("Checked as a filter of traces.",)
    assert "cannot be told from this file" in explain(text, "shellscript", 2)[0]


WORDS = st.text("ab'\"\\$` =\n!x\t", max_size=6)


@st.composite
def word(draw: st.DrawFn) -> str:
    """One word of a command, in any quotes."""
    text = draw(WORDS)
    kind = draw(st.sampled_from("'\"$"))
    if kind == "'":
        return shlex.quote(text or "x")
    escaped = "".join(
        f"\\{char}" if char in "\\\"$`'" and (kind == "$" or char != "'") else char for char in text
    )
    return f'"{escaped}"' if kind == '"' else f"$'{escaped}'"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@settings(deadline=None, max_examples=40)
@given(words=st.lists(word(), min_size=1, max_size=3), new=WORDS, data=st.data())
def test_a_word_says_and_takes_what_bash_reads(words: list[str], new: str, data: st.DataObject) -> None:
    script = "mlflow traces search --filter-string " + "".join(words)
    found = regions(script)
    if not found or found[0].gaps:  # the grammar has not understood
        return
    [region] = found
    assert region.text == _read_by_bash(script)
    check_map(region, script)
    start = data.draw(st.integers(0, len(region.text)))
    end = data.draw(st.integers(start, len(region.text)))
    edit, wanted = region.edit(Edit(start, end, new)), apply([Edit(start, end, new)], region.text)
    if edit and wanted:  # a bare word cannot be empty
        assert _read_by_bash(apply([edit], script)) == wanted


def _read_by_bash(script: str) -> str:
    """Return what the last word of a command is to bash."""
    program = 'mlflow() { printf %s "${@: -1}"; }\n' + script
    result = subprocess.run(["bash", "-c", program], capture_output=True, check=True)
    return result.stdout.decode()


@pytest.mark.parametrize("shell", ["bash -c", "sh -ec", "docker exec box bash -lc", "/bin/sh -c"])
def test_what_a_shell_is_given_to_run_is_a_script(shell: str) -> None:
    command = r"--filter-string \"params.lr = 0.1\""

    assert texts(f'{shell} "mlflow runs search {command}"', path="a.sh") == ["params.lr = 0.1"]
    assert texts(f"{shell} 'mlflow runs search --filter-string \"x = 1\"'", path="a.sh") == ["x = 1"]
