"""Order, queues, interrupts, and output that is never lost."""
import time


def test_five_thousand_queued_cells(kernel, client):
    headers = [client.execute("wait 0") for _ in range(5000)]
    last = client.answer(headers[-1], 60)
    assert last.reply and last.states[-1:] == ["idle"], "the queue did not end"
    client.quiet(0.1)
    ids = [h["msg_id"] for h in headers]
    replies = [m for m in client.log if m.channel == "shell"]
    assert [m.to for m in replies] == ids, "replies out of order"
    counts = [m.content["execution_count"] for m in replies]
    assert counts == list(range(counts[0], counts[0] + 5000))
    seen = [(m.to, m.state or m.type) for m in client.log if m.channel == "iopub"]
    assert seen == [(i, k) for i in ids for k in ("busy", "execute_input", "idle")]


def test_shell_answers_in_order(kernel, client):
    headers = [client.execute("wait 0.2"),
               client.send("complete_request", {"code": "look zeb", "cursor_pos": 8}),
               client.execute('sentence "zebras graze"'),
               client.send("complete_request", {"code": "look zeb", "cursor_pos": 8}),
               client.send("history_request", {"hist_access_type": "tail", "n": 1}),
               client.execute("set reset")]
    answers = [client.answer(h) for h in headers]
    order = [m.to for m in client.log if m.channel == "shell"]
    assert order == [h["msg_id"] for h in headers], "replies out of order"
    assert answers[1].content["matches"] == [], answers[1].content
    assert answers[3].content["matches"] == ["zebras"], answers[3].content
    assert answers[4].content["history"][0][2] == 'sentence "zebras graze"'


def test_flood_of_lines(kernel, client):
    answer = client.run('echo "{n}" times 100000', 30)
    assert answer.status == "ok", answer.content
    text = answer.printed()
    assert text == "".join("%d\n" % n for n in range(100000)), "%d bytes" % len(text)
    assert len(answer.all("stream")) < 200, len(answer.all("stream"))


def test_flood_while_the_client_sleeps(kernel, client):
    header = client.execute('echo "{n}" times 100000\necho "{n}" times 100000')
    time.sleep(1)
    answer = client.answer(header, 30)
    assert answer.printed().count("\n") == 200000, answer.printed().count("\n")


def test_printed_text_comes_while_the_cell_runs(kernel, client):
    header = client.execute('echo "a"\necho "b"\nwait 5')
    seen = lambda: "".join(m.content["text"] for m in client.log if m.type == "stream")
    client.wait_for(lambda m: m.type == "stream" and seen() == "a\nb\n", 1)
    assert seen() == "a\nb\n", "nothing came in a second"
    client.send("interrupt_request", {}, "control")
    assert client.answer(header).status == "error"


def test_a_front_end_that_never_reads(kernel, client):
    stuck = kernel.ready()
    for _ in range(5):
        answer = client.run('echo "{n}" times 50000', 30)
        assert answer.status == "ok" and answer.printed().count("\n") == 50000
    stuck.quiet(0.2)
    assert sum(m.content["text"].count("\n") for m in stuck.log if m.type == "stream") \
        == 250000, "text for the slow client was lost"


def test_error_aborts_the_queue(kernel, client):
    headers = [client.execute("wait 0.3"), client.execute("heatmp")]
    headers += [client.execute('echo "never"') for _ in range(3)]
    between = client.send("kernel_info_request")
    headers.append(client.execute('echo "never"'))
    answers = [client.answer(h) for h in headers]
    assert [a.status for a in answers] == ["ok", "error"] + ["aborted"] * 4
    for answer in answers[2:]:
        assert answer.states == ["busy", "idle"] and not answer.printed(), answer.outputs
        assert isinstance(answer.content["execution_count"], int), answer.content
    assert client.answer(between).status == "ok"
    assert client.run('echo "again"').printed() == "again\n"


def test_an_error_aborts_cells_only(kernel, client):
    """What else waits behind a cell that fails is answered, in its turn."""
    headers = [client.execute("wait 0.3\nheatmp")]
    headers += [client.send("inspect_request", {"code": "heatmap", "cursor_pos": 3}),
                client.send("comm_info_request"),
                client.send("complete_request", {"code": "heatm", "cursor_pos": 5}),
                client.send("history_request", {"hist_access_type": "tail", "n": 1}),
                client.send("is_complete_request", {"code": "look"})]
    statuses = [client.answer(h).status for h in headers]
    assert statuses == ["error", "ok", "ok", "ok", "ok", "complete"], statuses


def test_error_without_stop_goes_on(kernel, client):
    headers = [client.execute("wait 0.2"), client.execute("heatmp", stop_on_error=False),
               client.execute('echo "x"')]
    assert [client.answer(h).status for h in headers] == ["ok", "error", "ok"]


def test_interrupt(kernel, client):
    client.run("set layer 2")
    waits = []
    for _ in range(5):
        header = client.execute('echo "kept"\nwait 60')
        behind = client.execute('echo "never"')
        assert client.started(header), "cell did not start"
        time.sleep(0.1)
        began = time.monotonic()
        assert client.ask("interrupt_request", {}, "control").status == "ok"
        answer = client.answer(header)
        waits.append(time.monotonic() - began)
        assert answer.status == "error", answer.content
        assert answer.content["ename"] == "Interrupted", answer.content
        assert answer.printed() == "kept\n", answer.printed()
        assert client.answer(behind).status == "aborted"
    shown = client.run("set layer").all("execute_result")[0]["data"]["text/plain"]
    client.run("set reset")
    assert shown == "layer 2", shown
    assert sorted(waits)[2] < 0.1, waits


def test_interrupt_at_idle_is_harmless(kernel, client):
    for _ in range(20):
        assert client.ask("interrupt_request", {}, "control").status == "ok"
    assert client.run('echo "x"').printed() == "x\n"


def test_interrupts_at_any_moment(kernel, client):
    for n in range(100):
        header = client.execute("wait 0.01\nwait 0.01")
        time.sleep(n % 25 / 1000)
        client.send("interrupt_request", {}, "control")
        answer = client.answer(header)
        assert answer.status in ("ok", "error"), answer.content
        client.quiet(0)
    assert client.run('echo "x"').printed() == "x\n"


def test_answers_while_a_cell_runs(kernel, client):
    header = client.execute("wait 60")
    assert client.started(header)
    for kind, channel in (("kernel_info_request", "control"), ("kernel_info_request", "shell"),
                          ("comm_info_request", "shell"), ("usage_request", "control")):
        began = time.monotonic()
        assert client.ask(kind, {}, channel, 1).status == "ok", (kind, channel)
        assert time.monotonic() - began < 0.5, (kind, channel)
    assert client.beat()
    client.send("interrupt_request", {}, "control")
    assert client.answer(header).content["ename"] == "Interrupted"


def test_two_clients(kernel, client):
    other = kernel.ready()
    mine, theirs = client.execute('echo "mine"'), other.execute('echo "theirs"')
    assert client.answer(mine).printed() == "mine\n"
    assert other.answer(theirs).printed() == "theirs\n"
    seen = client.wait_for(lambda m: m.to == theirs["msg_id"] and m.state == "idle", 5)
    assert seen, "one client does not see the other's cell"
    assert not [m for m in client.log if m.channel == "shell" and m.to == theirs["msg_id"]]
