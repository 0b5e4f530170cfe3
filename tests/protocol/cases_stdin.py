"""A cell that asks: the stdin channel. `listen "…"` prints what it was answered."""
import time

from cases_life import with_kernel


def ask(client, code='listen "Name? "', **options):
    """Runs a cell up to its question; (header of the cell, the input_request)."""
    header = client.execute(code, allow_stdin=True, **options)
    request = client.wait_for(lambda m: m.type == "input_request" and
                              m.to == header["msg_id"])
    assert request, "no question"
    return header, request


def reply(client, value, parent=None):
    frames = client.frames(client.header("input_reply"), {"value": value},
                           parent or b"{}")
    client.sockets["stdin"].send_multipart(frames)


def test_question_and_answer(kernel, client):
    header, request = ask(client, 'echo "before"\nlisten "Name? "\necho "after"')
    assert request.channel == "stdin" and request.signed, request
    assert request.content == {"prompt": "Name? ", "password": False}, request.content
    assert request.parent == header, request.parent
    assert client.wait_for(lambda m: m.type == "stream" and m.to == header["msg_id"]), \
        "what was printed comes before the question"
    assert not client.answer(header, 0.2).reply, "it does not wait"
    reply(client, "Ann \u00e9\U0001F600", request.header)
    answer = client.answer(header)
    assert answer.status == "ok", answer.content
    assert answer.printed() == "before\nAnn \u00e9\U0001F600\nafter\n", answer.printed()


def test_an_answer_without_parent(kernel, client):
    """jupyter_client and the consoles on it send none."""
    header, _ = ask(client)
    reply(client, "Bob")
    assert client.answer(header).printed() == "Bob\n"


def test_several_questions(kernel, client):
    header = client.execute('listen "1"\nlisten "2"\nlisten "3"', allow_stdin=True)
    for n in "123":
        request = client.wait_for(lambda m: m.type == "input_request" and
                                  m.to == header["msg_id"] and m.content["prompt"] == n)
        reply(client, "a" + n, request.header)
    assert client.answer(header).printed() == "a1\na2\na3\n"


def test_only_its_own_answer(kernel, client):
    reply(client, "too early")
    client.quiet()
    old, request = ask(client)
    reply(client, "first", request.header)
    assert client.answer(old).printed() == "first\n", "an old answer was taken"
    header, again = ask(client)
    reply(client, "late", request.header)
    reply(client, "strange", client.header("input_request"))
    other = kernel.client()
    other.quiet(0.2)
    reply(other, "not asked", again.header)
    for wrong in ({}, {"value": 3}, {"value": None}):
        client.sockets["stdin"].send_multipart(
            client.frames(client.header("input_reply"), wrong, again.header))
    client.sockets["stdin"].send_multipart(
        client.frames(client.header("other_reply"), {"value": "x"}, again.header))
    assert not client.answer(header, 0.3).reply, "a wrong answer was taken"
    reply(client, "right", again.header)
    assert client.answer(header).printed() == "right\n"
    reply(client, "twice", again.header)
    header, last = ask(client)
    assert not client.answer(header, 0.2).reply, "an answer that waited was taken"
    reply(client, "end", last.header)
    assert client.answer(header).printed() == "end\n"


def test_who_cannot_be_asked(kernel, client):
    for options in ({"allow_stdin": False}, {"allow_stdin": None}):
        answer = client.run('echo "x"\nlisten "Name? "', **options)
        assert answer.content["ename"] == "NoInput", answer.content
        assert "allow_stdin" in answer.content["evalue"], answer.content
        assert answer.printed() == "x\n" and len(answer.all("error")) == 1
    assert not any(m.type == "input_request" for m in client.log)
    answer = client.run("", user_expressions={"a": 'listen "x"'}, allow_stdin=True)
    assert answer.content["user_expressions"]["a"]["ename"] == "NoInput", answer.content


def test_interrupt_ends_the_waiting(kernel, client):
    header, request = ask(client, 'set layer 2\nlisten "x"')
    queued = client.execute("set layer")
    client.ask("interrupt_request", {}, "control")
    answer = client.answer(header)
    assert answer.content["ename"] == "Interrupted", answer.content
    assert client.answer(queued).status == "aborted"
    reply(client, "late", request.header)
    result = client.run("set layer").all("execute_result")[0]
    assert result["data"]["text/plain"] == "layer 2", result
    header, request = ask(client)
    reply(client, "again", request.header)
    assert client.answer(header).printed() == "again\n"
    client.run("set reset")


def test_others_are_answered_meanwhile(kernel, client):
    header, request = ask(client)
    shell = client.ask("create_subshell_request", {}, "control").content["subshell_id"]
    answer = client.ask("complete_request", {"code": "heatm", "cursor_pos": 5},
                        subshell_id=shell)
    assert answer.content["matches"] == ["heatmap"], answer.content
    client.ask("delete_subshell_request", {"subshell_id": shell}, "control")
    assert client.ask("kernel_info_request", {}, "control").status == "ok"
    reply(client, "x", request.header)
    assert client.answer(header).status == "ok"


def test_a_subshell_asks(kernel, client):
    shell = client.ask("create_subshell_request", {}, "control").content["subshell_id"]
    header, request = ask(client, subshell=shell)
    assert request.parent["subshell_id"] == shell, request.parent
    reply(client, "sub", request.header)
    assert client.answer(header).printed() == "sub\n"
    client.ask("delete_subshell_request", {"subshell_id": shell}, "control")


def test_large_and_odd_answers(kernel, client):
    for value in ("", "x" * 500000, "a\nb\u0000c"):
        header, request = ask(client)
        reply(client, value, request.header)
        assert client.answer(header).printed() == value.replace("\x00", "\ufffd") + "\n" or \
            client.answer(header).printed() == value + "\n", repr(value[:20])
    header, request = ask(client)
    reply(client, "x" * 1100000, request.header)
    assert client.answer(header).content["ename"] == "TooLarge"


def test_leaving_while_asking(program):
    def use(kernel):
        client = kernel.ready()
        ask(client)
        client.send("shutdown_request", {"restart": False}, "control")
        began = time.monotonic()
        assert kernel.wait(5) == 0, "no clean end"
        assert time.monotonic() - began < 4
    with_kernel(use, program)


def test_a_live_quiz(kernel, client):
    """Asked one by one; hints and wrong answers go on, and an interrupt ends it."""
    header, request = ask(client, "quiz live rows 1")
    prompt = request.content["prompt"]
    assert prompt.startswith("4.2  ") and "c) only after softmax" in prompt, prompt
    asked = {request.header["msg_id"]}
    for value in ("hint", "c"):
        reply(client, value, request.header)
        request = client.wait_for(lambda m: m.type == "input_request" and
                                  m.to == header["msg_id"] and
                                  m.header["msg_id"] not in asked)
        assert request, "it does not ask again"
        asked.add(request.header["msg_id"])
    reply(client, "b", request.header)
    answer = client.answer(header)
    assert answer.status == "ok", answer.content
    assert "Right." in answer.printed() and "Not yet." in answer.printed()
    result = answer.all("execute_result")[0]["data"]["text/plain"]
    assert result.startswith("1 of 1 right."), result
    header, request = ask(client, "quiz live")
    client.ask("interrupt_request", {}, "control")
    assert client.answer(header).content["ename"] == "Interrupted"
    assert "1 of" in client.run("check").all("execute_result")[0]["data"]["text/plain"]
