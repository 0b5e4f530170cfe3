"""Comms: controls from the kernel, moved while a cell runs, asked for by a new page."""
import json
import os
import time

from cases_life import with_kernel

TARGET, CONTROL = "jupyter.widget", "jupyter.widget.control"
VIEW = "application/vnd.jupyter.widget-view+json"


class Explore:
    """What one `explore` has opened."""

    def __init__(self, client, code="explore", **options):
        self.client = client
        self.answer = client.run(code, **options)
        assert self.answer.status == "ok", self.answer.content
        self.opened = {c["comm_id"]: c["data"]["state"] for c in self.answer.all("comm_open")}
        self.shown = self.answer.all("display_data")
        self.display = self.shown[0]["transient"]["display_id"]

    def control(self, name):
        return next(i for i, s in self.opened.items() if s.get("description") == name)

    def stage(self):
        return next(i for i, s in self.opened.items() if s["_model_name"] == "OutputModel")

    def message(self, name, value, **fields):
        key = "value" if name in ("layer", "head") else "index"
        return {"comm_id": self.control(name), "data": {
            "method": "update", "state": {key: value, **fields}, "buffer_paths": []}}

    def move(self, name, value, **options):
        return self.client.ask("comm_msg", self.message(name, value), reply=False, **options)


def updates(answer):
    return answer.all("update_display_data")


def text(content):
    return content["data"]["text/plain"]


def data(answer, method):
    return [c["data"] for c in answer.all("comm_msg") if c["data"].get("method") == method]


def states_of(client, comm="page"):
    """What a page that was loaded anew is told: (data, buffers)."""
    client.ask("comm_open", {"comm_id": comm, "target_name": CONTROL, "data": {}}, reply=False)
    answer = client.ask("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}},
                        reply=False)
    client.ask("comm_close", {"comm_id": comm, "data": {}}, reply=False)
    message = next(m for m in answer.outputs if m.type == "comm_msg")
    assert message.content["comm_id"] == comm, message
    assert message.content["data"]["method"] == "update_states", message
    return message.content["data"], message.buffers


def test_explore_shows_picture_and_controls(kernel, client):
    explore = Explore(client)
    kinds = [m.type for m in explore.answer.outputs
             if m.type != "stream"]  # which a sanitizer's build may print
    assert kinds == ["status", "execute_input", "display_data"] + ["comm_open"] * 12 + \
        ["display_data", "status"], kinds
    picture, controls = explore.shown
    assert set(picture["data"]) == {"text/html", "image/png", "text/plain"}, picture["data"]
    assert set(controls["data"]) == {"text/plain", VIEW}, controls["data"]
    assert "type:  look it layer 3 head 0" in text(controls), controls
    known = set()
    for message in explore.answer.outputs:
        if message.type != "comm_open":
            continue
        assert message.metadata == {"version": "2.1.0"}, message.metadata
        assert message.content["target_name"] == TARGET, message.content
        state = message.content["data"]["state"]
        refers = [state.get("layout"), state.get("style")] + state.get("children", [])
        for other in filter(None, refers):
            assert other.startswith("IPY_MODEL_") and other[10:] in known, (other, known)
        known.add(message.content["comm_id"])
    assert controls["data"][VIEW] == {"version_major": 2, "version_minor": 0,
                                      "model_id": message_id(explore, "VBoxModel")}
    for name, model, most in (("layer", "IntSliderModel", 3), ("head", "IntSliderModel", 5)):
        state = explore.opened[explore.control(name)]
        assert (state["_model_name"], state["min"], state["max"]) == (model, 0, most), state
    words = explore.opened[explore.control("word")]
    assert words["_options_labels"][:3] == ["every word", "The", "animal"], words
    assert words["_options_labels"][words["index"]] == "it", words
    measure = explore.opened[explore.control("measure")]
    assert measure["_options_labels"] == ["weight", "norm", "rollout", "maxflow"], measure
    listed = client.ask("comm_info_request", {"target_name": TARGET}).content["comms"]
    assert known <= set(listed) and listed[min(known)] == {"target_name": TARGET}, listed
    other = client.ask("comm_info_request", {"target_name": "other"}).content["comms"]
    assert other == {}, other


def message_id(explore, model):
    return next(i for i, s in explore.opened.items() if s["_model_name"] == model)


def test_moves_while_a_cell_runs(kernel, client):
    explore = Explore(client)
    long = client.execute("wait 30")
    client.started(long)
    shell = client.ask("create_subshell_request", {}, "control").content["subshell_id"]
    for fields in ({}, {"subshell_id": shell}):
        for value in (1, 2):
            header = client.send("comm_msg", explore.message("layer", value), **fields)
            answer = client.answer(header, reply=False)
            kinds = [m.type for m in answer.outputs]
            assert kinds == ["status", "comm_msg", "update_display_data", "status"], kinds
            assert all(m.parent == header for m in answer.outputs), answer.outputs
            assert data(answer, "echo_update") == [{
                "method": "echo_update", "state": {"value": value}, "buffer_paths": []}]
            update = updates(answer)[0]
            assert update["transient"] == {"display_id": explore.display}, update
            assert set(update["data"]) == {"text/html", "image/png", "text/plain"}
            assert "layer %d head 0" % value in text(update), text(update)
    assert not client.answer(long, 0).reply, "the cell has ended"
    client.ask("delete_subshell_request", {"subshell_id": shell}, "control")
    client.ask("interrupt_request", {}, "control")
    assert client.answer(long).content["ename"] == "Interrupted"


def test_all_controls_draw(kernel, client):
    client.run('sentence "The cat sat because it was tired"')
    explore = Explore(client, "explore cat layer 0 head 0")
    assert '"cat"' in text(explore.shown[0]), explore.shown[0]
    assert "layer 0 head 1" in text(updates(explore.move("head", 1))[0])
    assert '"it"' in text(updates(explore.move("word", 5))[0])
    assert "measure rollout" in text(updates(explore.move("measure", 2))[0])
    assert "sleeps" not in text(updates(explore.move("word", 0))[0])
    html = updates(explore.move("measure", 0))[0]["data"]["text/html"]
    assert "attn-heatmap" in html, html[:200]
    explore.move("layer", 2)
    told = updates(explore.move("measure", 1))[0]
    assert "they copy nothing" in text(told) and "image/png" not in told["data"], told
    client.run("set reset")


def test_explore_leaves_the_state_alone(kernel, client):
    client.run("set layer 2 measure norm")
    explore = Explore(client, "explore it layer 3 head 0")
    before = client.run("set").all("execute_result")[0]
    assert text(before).count("norm"), before
    explore.move("layer", 0)
    explore.move("measure", 3)
    client.run('sentence "I love pizza"')
    assert '"it"' in text(updates(explore.move("head", 1))[0]), "the sentence it was made of"
    assert client.run("set layer").all("execute_result")[0]["data"]["text/plain"] == "layer 2"
    client.run("set reset")


def test_what_controls_show_is_saved(kernel, client):
    explore = Explore(client, "explore it")
    explore.move("layer", 2)
    saved = client.run('save "moved.csv"').all("execute_result")[0]
    assert text(saved).startswith("Saved moved.csv, "), saved
    client.run('look it layer 2 head 0\nsave "typed.csv"')
    moved, typed = (os.path.join(kernel.folder, name) for name in ("moved.csv", "typed.csv"))
    with open(moved, "rb") as one, open(typed, "rb") as two:
        assert one.read() == two.read()


def test_wrong_moves(kernel, client):
    explore = Explore(client)
    for wrong in (99, -1, "two", [], 10 ** 30):
        answer = explore.move("layer", wrong)
        assert not updates(answer), answer.outputs
        assert data(answer, "update") == [{"method": "update", "state": {"value": 3},
                                           "buffer_paths": []}], answer.outputs
    for content in ({}, {"comm_id": 3}, {"comm_id": ""}, {"comm_id": "x" * 4000},
                    {"comm_id": explore.control("head")},
                    {"comm_id": explore.control("head"), "data": []},
                    {"comm_id": explore.control("head"), "data": {"method": "custom"}},
                    {"comm_id": "none", "data": {"method": "update", "state": {}}}):
        for kind in ("comm_msg", "comm_open"):
            answer = client.ask(kind, content, reply=False)
            assert answer.states == ["busy", "idle"], (kind, content, answer.outputs)
    for wrong in ({"method": "update"}, {"method": "update", "state": 3},
                  {"method": "update", "state": {"value": 1}, "buffer_paths": 7},
                  {"method": "update", "state": {"value": 1}, "buffer_paths": [[]]},
                  {"method": "update", "state": {"value": 1}, "buffer_paths": [["a"]]},
                  {"method": "update", "state": {str(n): n for n in range(2000)}}):
        answer = client.ask("comm_msg", {"comm_id": explore.control("layer"), "data": wrong},
                            reply=False)
        assert "cannot be changed" in answer.printed("stderr"), (wrong, answer.outputs)
        assert not updates(answer) and not data(answer, "echo_update"), answer.outputs
    assert "layer 1 head 0" in text(updates(explore.move("layer", 1))[0])


def test_of_many_moves_the_newest_is_drawn(kernel, client):
    explore = Explore(client)
    headers = [client.send("comm_msg", explore.message("head", n % 6)) for n in range(1, 240)]
    answers = [client.answer(h, 20, reply=False) for h in headers]
    assert all(a.states == ["busy", "idle"] for a in answers), "a move without its idle"
    drawn = [u for a in answers for u in updates(a)]
    assert 1 <= len(drawn) <= len(headers) // 2, len(drawn)
    assert updates(answers[-1]), "the newest move was not drawn"
    assert "layer 3 head 5" in text(drawn[-1]), text(drawn[-1])


def test_a_page_loaded_anew(kernel, client):
    explore = Explore(client)
    explore.move("layer", 1)
    told, buffers = states_of(client)
    assert told["buffer_paths"] == [] and not buffers, told["buffer_paths"]
    for comm, opened in explore.opened.items():
        kept = told["states"][comm]
        assert kept["model_name"] == opened["_model_name"], kept
        assert kept["model_module"] == opened["_model_module"], kept
        assert kept["model_module_version"] == opened["_model_module_version"], kept
        if comm == explore.control("layer"):
            opened = dict(opened, value=1)
        assert comm == explore.stage() or kept["state"] == opened, (kept, opened)
    one = client.ask("comm_msg", {"comm_id": explore.control("layer"),
                                  "data": {"method": "request_state"}}, reply=False)
    assert data(one, "update")[0]["state"]["value"] == 1, one.outputs
    outputs = data(explore.move("layer", 2), "update")[0]["state"]["outputs"]
    assert "follows here" in outputs[0]["text"], outputs[0]
    assert "layer 2 head 0" in outputs[1]["data"]["text/plain"], outputs[1]
    assert "text/html" in outputs[1]["data"] and outputs[1]["metadata"] == {}, outputs[1]
    kept = states_of(client)[0]["states"][explore.stage()]["state"]["outputs"]
    assert kept == outputs, "what the new page shows is kept too"
    client.quiet()


def test_binary_parts_are_kept(kernel, client):
    def send(kind, content, buffers):
        header = client.header(kind)
        client.sockets["shell"].send_multipart(client.frames(header, content) + buffers)
        return client.answer(header, reply=False)
    state = {"_model_name": "ImageModel", "format": "png", "deep": {"a": [1, None]}}
    content = {"comm_id": "image", "target_name": TARGET, "data": {
        "state": state, "buffer_paths": [["value"], ["deep", "a", 1]]}}
    bytes_ = [b"\x00\xff png", b""]
    assert not send("comm_open", content, bytes_).printed("stderr")
    told, buffers = states_of(client)
    assert told["states"]["image"] == {
        "model_name": "ImageModel", "model_module": None, "model_module_version": None,
        "state": state}, told["states"]["image"]
    assert told["buffer_paths"] == [["image", "value"], ["image", "deep", "a", 1]], told
    assert buffers == bytes_, buffers
    update = {"comm_id": "image", "data": {"method": "update", "state": {"format": "jpg"},
                                           "buffer_paths": [["value"]]}}
    answer = send("comm_msg", update, [b"new"])
    echo = next(m for m in answer.outputs if m.type == "comm_msg")
    assert echo.content["data"]["method"] == "echo_update" and echo.buffers == [b"new"], echo
    one = client.ask("comm_msg", {"comm_id": "image", "data": {"method": "request_state"}},
                     reply=False)
    message = next(m for m in one.outputs if m.type == "comm_msg")
    assert message.content["data"]["state"]["format"] == "jpg", message
    assert message.content["data"]["buffer_paths"] == [["deep", "a", 1], ["value"]], message
    assert message.buffers == [b"", b"new"], message.buffers
    again = client.ask("comm_open", content, reply=False)
    assert "taken" in again.printed("stderr") or "buffers" in again.printed("stderr")
    assert not again.all("comm_close"), "the open one was closed"
    client.ask("comm_close", {"comm_id": "image", "data": {}}, reply=False)
    assert "image" not in client.ask("comm_info_request").content["comms"]


def test_unknown_target(kernel, client):
    answer = client.ask("comm_open", {"comm_id": "z", "target_name": "none", "data": {}},
                        reply=False)
    assert [m.type for m in answer.outputs] == ["status", "stream", "comm_close", "status"]
    assert '"none"' in answer.printed("stderr"), answer.outputs


def test_a_cell_run_again_has_new_controls(kernel, client):
    def run_in(cell):
        header = client.header("execute_request")
        content = {"code": "explore", "silent": False, "store_history": True,
                   "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        client.sockets["shell"].send_multipart(
            client.frames(header, content, metadata={"cellId": cell}))
        return client.answer(header)
    opened = {c["comm_id"] for c in run_in("cell-a").all("comm_open")}
    other = {c["comm_id"] for c in run_in("cell-b").all("comm_open")}
    again = run_in("cell-a")
    assert {c["comm_id"] for c in again.all("comm_close")} == opened, again.outputs
    listed = client.ask("comm_info_request").content["comms"]
    assert not opened & set(listed) and other <= set(listed), listed
    moved = client.ask("comm_msg", {"comm_id": min(opened), "data": {
        "method": "update", "state": {"value": 1}}}, reply=False)
    assert [m.type for m in moved.outputs] == ["status", "status"], moved.outputs


def test_closing_one_closes_its_row(kernel, client):
    explore = Explore(client)
    client.send("comm_msg", explore.message("layer", 0))
    answer = client.ask("comm_close", {"comm_id": explore.control("word"), "data": {}},
                        reply=False)
    assert {c["comm_id"] for c in answer.all("comm_close")} == set(explore.opened)
    client.quiet()
    assert not set(explore.opened) & set(client.ask("comm_info_request").content["comms"])
    states = [m.state for m in client.log if m.type == "status"]
    assert states.count("busy") == states.count("idle"), states


def slow(client):
    """An explore whose pictures take a while: rollout of as many words as there may be."""
    client.run('sentence "%s"' % " ".join("word%d" % n for n in range(480)))
    explore = Explore(client, "explore @3 layer 3 head 0")
    assert "rollout" in text(updates(explore.move("measure", 2, seconds=60))[0])
    return explore


def test_interrupt_ends_a_drawing(kernel, client):
    explore, ended = slow(client), 0
    for n in range(5):
        header = client.send("comm_msg", explore.message("word", n))
        client.wait_for(lambda m: m.to == header["msg_id"] and m.type == "comm_msg")
        client.ask("interrupt_request", {}, "control")
        answer = client.answer(header, 60, reply=False)
        assert answer.states == ["busy", "idle"], answer.outputs
        ended += not updates(answer)
    assert ended, "no drawing was ended"
    assert "through layers 0 to 1" in text(updates(explore.move("layer", 1, seconds=60))[0])
    client.run("set reset")


def test_completion_goes_before_a_drawing(kernel, client):
    explore, first = slow(client), 0
    for n in (2, 1, 0, 1, 2):
        header = client.send("comm_msg", explore.message("layer", n))
        answer = client.ask("complete_request", {"code": "heatm", "cursor_pos": 5})
        assert answer.content["matches"] == ["heatmap"], answer.content
        first += not any(m.type == "update_display_data" and m.to == header["msg_id"]
                         for m in client.log)
        drawn = client.answer(header, 60, reply=False)
        assert len(updates(drawn)) == 1 and drawn.states == ["busy", "idle"], drawn.outputs
        assert "through layers 0 to %d" % n in text(updates(drawn)[0]), text(updates(drawn)[0])
    assert first, "every picture came first"
    client.run("set reset")


def test_no_more_controls_than_may_be(program):
    def use(kernel):
        client = kernel.ready()
        first = Explore(client)
        for _ in range(31):
            last = Explore(client)
        assert not last.answer.all("comm_close"), "closed too early"
        last = Explore(client)
        closed = {c["comm_id"] for c in last.answer.all("comm_close")}
        assert closed == set(first.opened), closed
        assert len(client.ask("comm_info_request").content["comms"]) == 32 * 12
    with_kernel(use, program)


def test_no_more_widgets_than_may_be(program):
    def use(kernel):
        client = kernel.ready()
        for n in range(1100):
            client.send("comm_open", {"comm_id": "c%d" % n, "target_name": TARGET,
                                      "data": {"state": {}}})
        answer = client.ask("comm_info_request", seconds=30)
        assert len(answer.content["comms"]) == 1024, len(answer.content["comms"])
        assert len([m for m in client.log if m.type == "comm_close"]) == 76
        full = client.run("explore")
        assert full.status == "ok" and "There are no controls" in full.printed("stderr")
        assert len(full.all("display_data")) == 1, full.outputs
    with_kernel(use, program)


def test_without_echo(program):
    def use(kernel):
        client = kernel.ready()
        answer = Explore(client).move("layer", 1)
        assert len(updates(answer)) == 1 and not answer.all("comm_msg"), answer.outputs
    with_kernel(use, program, env={"JUPYTER_WIDGETS_ECHO": "0"})


def test_leaving_while_drawing(program):
    def use(kernel):
        client = kernel.ready()
        client.send("comm_msg", slow(client).message("layer", 1))
        slowed = kernel.status("VmSize") > 2 ** 31  # a sanitizer's build counts its threads
        client.send("shutdown_request", {"restart": False}, "control")
        assert kernel.wait(20) == 0 or (slowed and not kernel.alive()), "no clean end"
    with_kernel(use, program)


def test_a_new_page_is_answered_while_a_cell_runs(kernel, client):
    explore = Explore(client)
    long = client.execute("wait 30")
    client.started(long)
    assert set(explore.opened) <= set(states_of(client)[0]["states"])
    client.ask("interrupt_request", {}, "control")
    client.answer(long)


def test_json_of_controls_is_whole(kernel, client):
    """A sentence that tries to break out stays a text in the dropdown."""
    client.run('sentence "</script> \\"x\\" IPY_MODEL_ \\u{1F600} end"')
    explore = Explore(client, "explore @0 layer 0 head 0")
    labels = explore.opened[explore.control("word")]["_options_labels"]
    assert any("script" in label for label in labels), labels
    assert json.loads(json.dumps(labels)) == labels
    assert updates(explore.move("word", len(labels) - 1))
    client.run("set reset")


def test_one_layer_and_one_head(kernel, client):
    """A slider needs room to move; where there is none, it is shown and stands still."""
    client.run("model toy")
    explore = Explore(client)
    for name in ("layer", "head"):
        state = explore.opened[explore.control(name)]
        assert state["disabled"] and state["min"] < state["max"], state
    assert not updates(explore.move("layer", 1))
    assert updates(explore.move("word", 0))
    client.run("set reset")
