"""Subshells: made, listed and deleted; each goes on while others run a cell, counts and
aborts for itself, and all speak about the same sentence and settings.

The scenarios are those of ipykernel's subshell tests, in this language.
"""
import time

from cases_stdin import ask, reply

LONG = "wait 60"


def make(client):
    answer = client.ask("create_subshell_request", {}, "control")
    assert answer.status == "ok", answer.content
    return answer.content["subshell_id"]


def listed(client):
    answer = client.ask("list_subshell_request", {}, "control")
    assert answer.status == "ok", answer.content
    return answer.content["subshell_id"]


def delete(client, *shells):
    for shell in shells:
        answer = client.ask("delete_subshell_request", {"subshell_id": shell}, "control")
        assert answer.status == "ok", answer.content


def interrupt(client):
    assert client.ask("interrupt_request", {}, "control").status == "ok"


def test_subshells_are_announced(kernel, client):
    info = client.ask("kernel_info_request").content
    assert "kernel subshells" in info["supported_features"], info


def test_subshells_come_and_go(kernel, client):
    assert listed(client) == []
    one = make(client)
    assert listed(client) == [one]
    two = make(client)
    assert one != two and listed(client) == [one, two]
    delete(client, one)
    assert listed(client) == [two]
    delete(client, two)
    assert listed(client) == []


def test_deleting_what_is_not_there(kernel, client):
    shell = make(client)
    delete(client, shell)
    for wanted in (shell, "none", ""):
        answer = client.ask("delete_subshell_request", {"subshell_id": wanted}, "control")
        assert answer.status == "error", answer.content
        assert answer.content["ename"] == "UnknownSubshellError", answer.content


def test_unknown_subshell(kernel, client):
    for kind, content in (("execute_request", {"code": 'echo "x"'}),
                          ("complete_request", {"code": "he", "cursor_pos": 2}),
                          ("kernel_info_request", {})):
        answer = client.ask(kind, content, subshell_id="nowhere")
        assert answer.status == "error", answer.content
        assert answer.content["ename"] == "UnknownSubshellError", answer.content
        assert answer.states == ["busy", "idle"] and not answer.printed()


def test_subshells_on_control_are_not_asked_for(kernel, client):
    """Control has none: a subshell in its header changes nothing."""
    assert client.ask("kernel_info_request", {}, "control", subshell_id="x").status == "ok"


def test_answers_while_the_main_shell_runs(kernel, client):
    one, two = make(client), make(client)
    header = client.execute(LONG)
    assert client.started(header)
    for kind, content in (("complete_request", {"code": "look anim", "cursor_pos": 9}),
                          ("inspect_request", {"code": "heatmap", "cursor_pos": 2}),
                          ("is_complete_request", {"code": "look"}),
                          ("history_request", {"hist_access_type": "tail", "n": 1})):
        answer = client.ask(kind, content, seconds=2, subshell_id=one)
        assert answer.reply and answer.states == ["busy", "idle"], kind
        assert answer.reply.parent["subshell_id"] == one
    assert client.ask("complete_request", {"code": "look anim", "cursor_pos": 9}, seconds=2,
                      subshell_id=two).content["matches"] == ["animal"]
    interrupt(client)
    assert client.answer(header).status == "error"
    delete(client, one, two)


def test_made_while_a_cell_runs(kernel, client):
    header = client.execute(LONG)
    assert client.started(header)
    shell = make(client)
    assert client.run('echo "sub"', 2, subshell=shell).printed() == "sub\n"
    assert client.run("heatmap", 5, subshell=shell).all("display_data"), "no picture"
    delete(client, shell)
    assert client.answer(header, 0.1).reply is None, "the main shell's cell has ended"
    interrupt(client)
    assert client.answer(header).status == "error"


def test_cells_run_side_by_side(kernel, client):
    """In the main shell and in subshells, whichever of them begins."""
    one, two = make(client), make(client)
    for first, second in ((None, one), (one, None), (one, two)):
        long = client.execute(LONG, subshell=first)
        assert client.started(long)
        answer = client.run('echo "beside"', 2, subshell=second)
        assert answer.status == "ok" and answer.printed() == "beside\n", (first, second)
        assert [m.state or m.type for m in answer.outputs] == [
            "busy", "execute_input", "stream", "idle"], answer.outputs
        interrupt(client)
        assert client.answer(long).content["ename"] == "Interrupted"
    began = time.monotonic()
    headers = [client.execute("wait 1", subshell=s) for s in (None, one, two)]
    assert [client.answer(h).status for h in headers] == ["ok"] * 3
    assert time.monotonic() - began < 2.5, "one after another"
    delete(client, one, two)


def test_states_carry_their_cell_as_parent(kernel, client):
    """A busy and an idle for each, with the header that asked, subshell_id and all."""
    shell = make(client)
    headers = [client.execute("wait 0.3", subshell=shell),
               client.send("execute_request", {"code": "wait 0.3"}, subshell_id=None)]
    for header, subshell in zip(headers, (shell, None)):
        answer = client.answer(header)
        assert answer.status == "ok" and answer.states == ["busy", "idle"], answer.outputs
        for message in answer.outputs + [answer.reply]:
            assert message.parent == header and message.parent["subshell_id"] == subshell
    delete(client, shell)


def test_more_subshells_than_can_run_at_a_time(kernel, client):
    """Cells that have to wait are not forgotten."""
    shells = [make(client) for _ in range(12)]
    headers = [client.execute('wait 0.1\necho "%d"' % n, subshell=shell)
               for n in range(3) for shell in shells]
    answers = [client.answer(h) for h in headers]
    assert [a.printed() for a in answers] == ["%d\n" % n for n in range(3) for _ in shells]
    counts = [a.content["execution_count"] for a in answers]
    assert counts == [n for n in (1, 2, 3) for _ in shells], counts
    delete(client, *shells)


def test_each_shell_counts_for_itself(kernel, client):
    shell = make(client)
    before = client.run("wait 0").content["execution_count"]
    for n in (1, 2):
        answer = client.run("dot 1 with 1", subshell=shell)
        assert answer.content["execution_count"] == n, answer.content
        assert answer.all("execute_input")[0]["execution_count"] == n
        assert answer.all("execute_result")[0]["execution_count"] == n
    assert client.run("wait 0").content["execution_count"] == before + 1
    delete(client, shell)


def test_all_shells_have_one_state(kernel, client):
    """What a line changes is there for the next line of any shell, also of a cell that
    has begun before."""
    shell = make(client)
    value = lambda answer: answer.all("execute_result")[-1]["data"]["text/plain"]
    client.run('sentence "zebras graze"\nset layer 2')
    assert value(client.run("set layer", subshell=shell)) == "layer 2"
    header = client.execute("wait 2\nset layer")
    assert client.started(header)
    assert client.run("set layer 1", subshell=shell).status == "ok"
    assert value(client.answer(header)) == "layer 1"
    ask = {"code": "look zeb", "cursor_pos": 8}
    assert client.ask("complete_request", ask).content["matches"] == ["zebras"]
    assert client.ask("complete_request", ask, subshell_id=shell).content["matches"] == \
        ["zebras"]
    client.run("set reset", subshell=shell)
    assert value(client.run("set layer")) == "layer auto"
    client.run('sentence "The animal didn\'t cross the street because it was too tired"')
    delete(client, shell)


def test_an_error_aborts_its_own_shell_only(kernel, client):
    shell = make(client)
    slow = client.execute("wait 0.5")
    assert client.started(slow)
    behind = client.execute('echo "main"')
    headers = [client.execute(code, subshell=shell)
               for code in ("wait 0.2", "heatmp", 'echo "never"', 'echo "never"')]
    assert [client.answer(h).status for h in headers] == ["ok", "error", "aborted", "aborted"]
    assert client.answer(slow).status == "ok"
    assert client.answer(behind).printed() == "main\n"
    assert client.run('echo "sub"', subshell=shell).printed() == "sub\n"
    delete(client, shell)


def test_an_interrupt_is_for_all_shells(kernel, client):
    shell = make(client)
    headers = [client.execute(LONG), client.execute(LONG, subshell=shell)]
    for header in headers:
        assert client.started(header)
    waiting = [client.execute('echo "never"'), client.execute('echo "never"', subshell=shell)]
    began = time.monotonic()
    interrupt(client)
    for header in headers:
        assert client.answer(header).content["ename"] == "Interrupted"
    assert time.monotonic() - began < 1
    assert [client.answer(h).status for h in waiting] == ["aborted"] * 2
    for subshell in (None, shell):
        assert client.run('echo "on"', subshell=subshell).printed() == "on\n"
    delete(client, shell)


def test_questions_of_two_shells(kernel, client):
    """Each cell gets the answer to its own question, whichever is answered first."""
    shell = make(client)
    main, one = ask(client, 'listen "main? "')
    sub, two = ask(client, 'listen "sub? "', subshell=shell)
    assert two.parent["subshell_id"] == shell and one.content["prompt"] == "main? "
    reply(client, "second", two.header)
    assert client.answer(sub).printed() == "second\n"
    assert not client.answer(main, 0.1).reply, "the wrong cell was answered"
    again, _ = ask(client, 'listen "sub? "', subshell=shell)
    reply(client, "first", one.header)
    assert client.answer(main).printed() == "first\n"
    interrupt(client)
    assert client.answer(again).content["ename"] == "Interrupted"
    delete(client, shell)


def test_deleted_with_cells_in_its_queue(kernel, client):
    """What was asked for before is still answered; what comes after is not known."""
    shell = make(client)
    headers = [client.execute(code, subshell=shell)
               for code in ("wait 0.3", 'echo "a"', 'echo "b"')]
    assert client.started(headers[0])
    client.quiet(0.1)
    delete(client, shell)
    assert listed(client) == []
    late = client.execute('echo "late"', subshell=shell)
    assert client.answer(late).content["ename"] == "UnknownSubshellError"
    assert [client.answer(h).printed() for h in headers] == ["", "a\n", "b\n"]


def test_floods_of_two_shells(kernel, client):
    """Each line is told as its own cell's, in order, none lost."""
    shell = make(client)
    headers = [client.execute('echo "%s{n}" times 20000' % name, subshell=subshell)
               for name, subshell in (("main", None), ("sub", shell))]
    for header, name in zip(headers, ("main", "sub")):
        text = client.answer(header, 30).printed()
        assert text == "".join("%s%d\n" % (name, n) for n in range(20000)), len(text)
    delete(client, shell)


def test_pictures_of_three_shells(kernel, client):
    """Drawn at the same time they are the same as one after another."""
    shells = [None, make(client), make(client)]
    code = "heatmap\nlook it\nflow\nheads\nheatmap layer all\n"
    wanted = client.run(code).all("display_data")
    assert len(wanted) == 5, [m.type for m in client.log]
    for _ in range(3):
        headers = [client.execute(code, subshell=shell) for shell in shells]
        for header in headers:
            answer = client.answer(header, 30)
            assert answer.status == "ok", answer.content
            assert answer.all("display_data") == wanted, "another picture"
        client.log.clear()
    delete(client, *shells[1:])


def test_there_are_not_endless_subshells(kernel, client):
    shells = []
    while True:
        answer = client.ask("create_subshell_request", {}, "control")
        if answer.status == "error":
            break
        shells.append(answer.content["subshell_id"])
        assert len(shells) <= 1000
    assert str(len(shells)) in answer.content["evalue"], answer.content
    delete(client, *shells)
    delete(client, make(client))
