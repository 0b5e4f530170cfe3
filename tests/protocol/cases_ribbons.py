"""Pictures whose sentence, model or settings another cell has since set otherwise."""
import time

CAT, DOG = 'sentence "The cat sat because it was tired"', 'sentence "The dog ran home"'
EXECUTE = {"silent": False, "store_history": True, "user_expressions": {},
           "allow_stdin": False, "stop_on_error": True}


def send(client, cell, code):
    """An execute_request as JupyterLab sends it, with the cell's id."""
    header = client.header("execute_request")
    client.sockets["shell"].send_multipart(client.frames(
        header, dict(EXECUTE, code=code), metadata={"cellId": cell} if cell else {}))
    return header


def run(client, cell, code):
    answer = client.answer(send(client, cell, code))
    assert answer.status == "ok", answer.content
    return [c["transient"]["display_id"] for c in answer.all("display_data")
            if "transient" in c]


def marked(client, n=0):
    """display_id: ribbon, of what has been updated since the last call: at least `n`, and
    nothing more comes for a while."""
    end = time.monotonic() + 20
    while time.monotonic() < end and n > sum(m.type == "update_display_data"
                                             for m in client.log):
        client.pump(0.1)
    client.quiet(0.3)
    found = {}
    for message in client.log:
        if message.type == "update_display_data":
            text = message.content["data"]["text/plain"]
            display = message.content["transient"]["display_id"]
            assert display not in found, "marked twice"
            found[display] = text.split("\n")[0]
            assert "attn-ribbon" in message.content["data"]["text/html"], message
            assert "image/png" in message.content["data"], message
    client.log.clear()
    return found


def fresh(client):
    client.run("set reset")
    for cell in "abcdefgh":
        run(client, cell, "")
    marked(client)


def test_a_sentence_set_anew_marks_what_hung_on_it(kernel, client):
    fresh(client)
    tokens, = run(client, "a", CAT)
    look, heat = run(client, "b", "look it") + run(client, "c", "heatmap layer 0 head 0")
    assert not marked(client)
    run(client, "a", CAT)
    assert not marked(client), "it is the same sentence"
    run(client, "a", DOG)
    ribbon = "of an earlier sentence: run again"
    assert marked(client, 2) == {look: ribbon, heat: ribbon}, (tokens, look, heat)
    run(client, "a", 'sentence "I love pizza"')
    assert not marked(client), "once each"
    again, = run(client, "b", "look")
    run(client, "a", CAT)
    assert marked(client, 1) == {again: ribbon}, "what was run again hangs on it again"


def test_what_says_its_own_sentence_stays_right(kernel, client):
    fresh(client)
    run(client, "a", CAT)
    run(client, "b", DOG + "\nlook\n" + CAT + "\nlook it")
    run(client, "c", "look it")
    marked(client)
    run(client, "a", 'sentence "I love pizza"')
    assert not marked(client), "the pictures come after another cell's sentence"
    run(client, "d", 'sentence "I love pizza"')
    assert not marked(client), "that is a new cell, below"


def test_running_all_cells_marks_nothing(kernel, client):
    fresh(client)
    cells = {"a": CAT, "b": "look", "c": "set layer 2", "d": "heatmap", "e": DOG, "f": "look"}
    for cell, code in cells.items():
        run(client, cell, code)
    marked(client)
    cells["a"] = 'sentence "The bird sang"'
    for header in [send(client, cell, code) for cell, code in cells.items()]:
        assert client.answer(header).status == "ok"
    assert not marked(client)


def test_settings_and_model(kernel, client):
    fresh(client)
    run(client, "a", "set measure norm")
    run(client, "b", "set mask causal")
    norm, = run(client, "c", "look animal layer 0 head 0")
    fixed, = run(client, "d", "look it measure weight")
    run(client, "b", "set mask none")
    ribbon = "of earlier settings: run again"
    assert marked(client, 2) == {norm: ribbon, fixed: ribbon}, (norm, fixed)
    fixed, = run(client, "d", "look it measure weight")
    norm, = run(client, "c", "look animal layer 0 head 0")
    run(client, "a", "set measure rollout")
    assert marked(client, 1) == {norm: ribbon}, "the other says its measure itself"
    run(client, "a", "set history off history on strict off")
    assert not marked(client)
    client.run("set reset")


def test_explore_gets_a_ribbon_and_keeps_it(kernel, client):
    fresh(client)
    run(client, "a", CAT)
    header = send(client, "b", "explore it")
    answer = client.answer(header)
    display = answer.all("display_data")[0]["transient"]["display_id"]
    layer = next(c["comm_id"] for c in answer.all("comm_open")
                 if c["data"]["state"].get("description") == "layer")
    run(client, "a", DOG)
    assert marked(client, 1) == {display: "of an earlier sentence: run again"}
    client.ask("comm_msg", {"comm_id": layer, "data": {"method": "update",
                                                       "state": {"value": 0}}}, reply=False)
    assert marked(client, 1) == {display: "of an earlier sentence: run again"}


def test_cells_without_a_name_have_no_ribbons(kernel, client):
    fresh(client)
    assert run(client, None, CAT) == run(client, None, "look it") == []
    run(client, "a", "look it")
    run(client, None, DOG)
    assert not marked(client)
    client.run("set reset")
