"""What each request is answered with."""
import os
import re

PAIRED = [
    ("kernel_info_request", {}),
    ("execute_request", {"code": "wait 0"}),
    ("complete_request", {"code": "heatm", "cursor_pos": 5}),
    ("inspect_request", {"code": "heatmap", "cursor_pos": 3}),
    ("is_complete_request", {"code": "look it"}),
    ("history_request", {"hist_access_type": "tail", "n": 2}),
    ("comm_info_request", {}),
    ("connect_request", {}),
    ("usage_request", {}),
    ("list_subshell_request", {}),
]


def test_every_reply_is_paired(kernel, client):
    for kind, content in PAIRED:
        for channel in ("shell", "control"):
            answer = client.ask(kind, content, channel)
            assert answer.reply, "no reply to %s on %s" % (kind, channel)
            assert answer.reply.type == kind.replace("_request", "_reply"), answer.reply
            assert answer.reply.channel == channel, answer.reply.channel
            assert answer.status in ("ok", "complete"), answer.content
            assert answer.states == ["busy", "idle"], (kind, answer.states)
            assert answer.outputs[0].state == "busy" and answer.outputs[-1].state == "idle"
            for message in answer.outputs + [answer.reply]:
                assert message.parent == answer.header, message.parent


def test_headers_are_whole(kernel, client):
    client.run('echo "x"')
    client.ask("kernel_info_request", {}, "control")
    sessions, ids = set(), set()
    for message in client.log:
        assert message.signed, message
        assert set(message.header) == {"msg_id", "session", "username", "date", "msg_type",
                                       "version"}, message.header
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
                            message.header["date"]), message.header
        assert message.header["msg_id"] not in ids, "msg_id used twice"
        ids.add(message.header["msg_id"])
        sessions.add(message.header["session"])
        if message.channel == "iopub":
            assert len(message.topic) == 1, message.topic
    assert len(sessions) == 1, sessions


def test_parent_header_is_verbatim(kernel, client):
    header = client.header("kernel_info_request", extra={"deep": [1, 2.50, "é\ud83d"]})
    frames = client.frames(header, {})
    client.sockets["shell"].send_multipart(frames)
    reply = client.wait_for(lambda m: m.to == header["msg_id"] and m.channel == "shell", 5)
    assert reply, "no reply"
    assert reply.parent["extra"]["deep"][:2] == [1, 2.5], reply.parent


def test_kernel_info(kernel, client):
    content = client.ask("kernel_info_request").content
    assert content["implementation"] == "attn-kernel", content
    assert content["language_info"]["name"] == "attn", content
    assert content["language_info"]["file_extension"] == ".attn", content
    assert "kernel subshells" in content["supported_features"], content


def test_connect_tells_the_ports(kernel, client):
    content = client.ask("connect_request").content
    for name in ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"):
        assert content[name] == kernel.info[name], content


def test_usage(kernel, client):
    content = client.ask("usage_request", {}, "control").content
    assert content["pid"] == kernel.process.pid, content
    assert content["kernel_memory"] > 1000000 and content["cpu_count"] >= 1, content


def test_execute_order_and_fields(kernel, client):
    answer = client.run('echo "a"\necho "b" as warning\ndot 1 2 with 3 4')
    kinds = [m.state or m.type for m in answer.outputs]
    assert kinds == ["busy", "execute_input", "stream", "stream", "execute_result",
                     "idle"], kinds
    assert answer.printed() == "a\n" and answer.printed("stderr") == "b\n"
    count = answer.content["execution_count"]
    assert answer.all("execute_input")[0]["execution_count"] == count
    result = answer.all("execute_result")[0]
    assert result["execution_count"] == count, result
    assert result["data"]["text/plain"] == "1*3 + 2*4 = 11", result
    assert next(iter(result["data"])) == "text/plain", "text/plain comes first"
    assert answer.content["user_expressions"] == {} and answer.content["payload"] == []
    assert "started" in answer.reply.metadata, answer.reply.metadata


def test_counts(kernel, client):
    first = client.run("wait 0").content["execution_count"]
    assert client.run("wait 0", silent=True).content["execution_count"] == first
    assert client.run("wait 0", store_history=False).content["execution_count"] == first
    assert client.run("wait 0").content["execution_count"] == first + 1
    assert client.run("no such").content["execution_count"] == first + 2


def test_silent_is_silent(kernel, client):
    answer = client.run("dot 1 with 2", silent=True, store_history=True)
    kinds = [m.state or m.type for m in answer.outputs]
    assert answer.status == "ok" and kinds == ["busy", "idle"], kinds


def test_error(kernel, client):
    answer = client.run('echo "before"\nheatmp layer 2\necho "after"')
    assert answer.status == "error" and answer.printed() == "before\n"
    assert answer.content["ename"] == "UnknownCommand", answer.content
    assert "heatmap" in answer.content["evalue"], answer.content
    errors = answer.all("error")
    assert len(errors) == 1, errors
    for field in ("ename", "evalue", "traceback"):
        assert errors[0][field] == answer.content[field], field
    lines = answer.content["traceback"]
    at = lines.index("  heatmp layer 2")
    assert lines[at + 1] == "  ^^^^^^", lines
    assert "\x1b" not in answer.content["evalue"]


def test_an_error_keeps_the_state(kernel, client):
    client.run("set layer 2")
    client.run("set layer 99")
    shown = client.run("set layer").all("execute_result")[0]["data"]["text/plain"]
    client.run("set reset")
    assert shown == "layer 2", shown


def test_user_expressions(kernel, client):
    answer = client.run("set layer 1", user_expressions={
        "good": "set layer", "bad": "no_such +", "wrong": 5, "ключ": "dot 1 with 1"})
    client.run("set reset")
    values = answer.content["user_expressions"]
    assert values["good"]["status"] == "ok", values
    assert values["good"]["data"]["text/plain"] == "layer 1", values
    assert values["bad"]["status"] == values["wrong"]["status"] == "error", values
    assert values["bad"]["ename"] == "UnknownCommand", values
    assert values["ключ"]["data"]["text/plain"] == "1*1 = 1", values


def test_picture_bundle(kernel, client):
    answer = client.run("heatmap")
    shown = answer.all("display_data")
    assert answer.status == "ok" and len(shown) == 1, answer.content
    data, metadata = shown[0]["data"], shown[0]["metadata"]
    assert set(data) == {"text/html", "image/png", "text/plain"}, set(data)
    assert data["image/png"].startswith("iVBOR"), data["image/png"][:20]
    assert metadata["image/png"]["width"] > 0 and metadata["image/png"]["height"] > 0
    assert metadata["needs_background"] == "light", metadata
    assert metadata["alt"] and metadata["alt"] == metadata["vscode_altText"], metadata


def test_save(kernel, client):
    """Below the kernel's folder, what was seen last: not what ran unseen."""
    size = client.run("look it").all("display_data")[0]["metadata"]["image/png"]
    client.run("heatmap", silent=True)
    client.run("wait 0", user_expressions={"a": "flow"})
    client.run('sentence "Zebras graze"\nsave "it.png"')
    said = client.run('save "it.svg"').all("execute_result")[0]["data"]["text/plain"]
    assert said == 'Saved it.svg, 4 kB: "it" looks mostly at "animal" (0.91).', said
    with open(os.path.join(kernel.folder, "it.png"), "rb") as file:
        png = file.read()
    assert b"tEXtSoftware\0attn" in png
    assert [int.from_bytes(png[at:at + 4], "big") for at in (16, 20)] == [
        2 * size["width"], 2 * size["height"]]
    outside = client.run('save "../it.svg"')
    assert outside.status == "error" and outside.content["ename"] == "BadValue"
    client.run("set reset")


def test_same_cell_same_bytes(kernel, client):
    one, two = (client.run("heatmap").all("display_data") for _ in range(2))
    assert one == two


def test_json_form(kernel, client):
    import json
    shown = client.run("look it as json").all("display_data")
    assert len(shown) == 1, shown
    data = shown[0]["data"]
    assert set(data) == {"application/json", "text/plain"}, set(data)
    assert json.loads(data["text/plain"]) == data["application/json"]
    assert data["application/json"]["kind"] == "look", data


def test_pager(kernel, client):
    answer = client.run("help as page")
    assert [m.type for m in answer.outputs] == ["status", "execute_input", "status"]
    page = answer.content["payload"][0]
    assert page["source"] == "page" and page["start"] == 0, page
    assert "heatmap" in page["data"]["text/plain"], page


def test_clear(kernel, client):
    answer = client.run('echo "a"\nclear\necho "b"')
    kinds = [m.type for m in answer.outputs]
    assert kinds.count("clear_output") == 1, kinds
    assert kinds.index("stream") < kinds.index("clear_output"), kinds


def test_empty_cells(kernel, client):
    for code in ("", "  \n\n", "# only a comment"):
        answer = client.run(code)
        assert answer.status == "ok", answer.content
        assert [m.type for m in answer.outputs] == ["status", "execute_input", "status"]


def test_text_beyond_ascii(kernel, client):
    code = 'echo "é 世 \U0001f600 العربية"'
    answer = client.run(code)
    assert answer.printed() == "é 世 \U0001f600 العربية\n", answer.printed()
    assert answer.all("execute_input")[0]["code"] == code


def test_lone_surrogate_and_nul(kernel, client):
    for code in ('echo "a\ud83d"', 'echo "a\x00b"', "\ud800", "\x00"):
        answer = client.run(code)
        assert answer.status in ("ok", "error"), (code, answer.content)


def test_completion(kernel, client):
    content = client.ask("complete_request", {"code": "heatm", "cursor_pos": 5}).content
    assert content["matches"] == ["heatmap"], content
    assert (content["cursor_start"], content["cursor_end"]) == (0, 5), content
    kind = content["metadata"]["_jupyter_types_experimental"][0]
    assert kind["text"] == "heatmap" and kind["type"] == "command", kind


def test_completion_counts_code_points(kernel, client):
    before = 'echo "\U0001f600"\n'
    code = before + "heatm"
    content = client.ask("complete_request", {"code": code, "cursor_pos": len(code)}).content
    assert content["matches"] == ["heatmap"], content
    assert content["cursor_start"] == len(before), content
    assert content["cursor_end"] == len(code), content


def test_completion_follows_the_sentence(kernel, client):
    client.run('sentence "zebras graze quietly"')
    content = client.ask("complete_request", {"code": "look zeb", "cursor_pos": 8}).content
    client.run("set reset")
    assert "zebras" in content["matches"], content


def test_cursor_is_clamped(kernel, client):
    for cursor in (-5, 10 ** 9, 1e300):
        for kind in ("complete_request", "inspect_request"):
            answer = client.ask(kind, {"code": "look", "cursor_pos": cursor})
            assert answer.status == "ok", answer.content


def test_inspect(kernel, client):
    content = client.ask("inspect_request", {"code": "heatmap", "cursor_pos": 3}).content
    assert content["found"] and "heatmap" in content["data"]["text/plain"], content
    content = client.ask("inspect_request", {"code": "zzz", "cursor_pos": 1}).content
    assert content == {"status": "ok", "found": False, "data": {}, "metadata": {}}, content


def test_inspect_in_detail(kernel, client):
    ask = lambda level: client.ask("inspect_request", {
        "code": "heatmap", "cursor_pos": 3, "detail_level": level}).content["data"]["text/plain"]
    assert len(ask(1)) > len(ask(0)), ask(1)


def test_is_complete(kernel, client):
    ask = lambda code: client.ask("is_complete_request", {"code": code}).content
    assert ask("look it") == {"status": "complete"}
    assert ask("nonsense ((") == {"status": "complete"}
    assert ask('sentence "I love') == {"status": "incomplete", "indent": ""}


def test_history(kernel, client):
    codes = ["dot 7 with %d" % n for n in range(5)]
    for code in codes + [codes[0]]:
        client.run(code)
    client.run("dot 9 with 9", store_history=False)
    ask = lambda **query: client.ask("history_request", query).content["history"]
    tail = ask(hist_access_type="tail", n=6)
    assert [entry[2] for entry in tail] == codes + [codes[0]], tail
    session, line = tail[0][:2]
    span = ask(hist_access_type="range", session=session, start=line, stop=line + 2)
    assert [entry[2] for entry in span] == codes[:2], span
    assert ask(hist_access_type="range", session=0, start=line, stop=line + 2) == span
    found = ask(hist_access_type="search", pattern="dot 7*", n=20)
    assert len(found) >= 6, found
    once = ask(hist_access_type="search", pattern="dot 7*", unique=True)
    assert [entry[2] for entry in once] == codes[1:] + codes[:1], once
    assert ask(hist_access_type="search", pattern="dot 9*") == []
    output = ask(hist_access_type="tail", n=1, output=True)
    assert output[0][2] == [codes[0], "7*0 = 0"], output


def test_comms(kernel, client):
    answer = client.ask("comm_open", {"comm_id": "c\"1", "target_name": "none", "data": {}},
                        reply=False)
    assert answer.states == ["busy", "idle"] and answer.reply is None
    assert answer.all("comm_close")[0] == {"comm_id": "c\"1", "data": {}}
    for kind in ("comm_msg", "comm_close"):
        answer = client.ask(kind, {"comm_id": "none", "data": {}}, reply=False)
        assert answer.states == ["busy", "idle"] and answer.reply is None
    assert client.ask("comm_info_request", {"target_name": "x"}).content["comms"] == {}


def test_unknown_types(kernel, client):
    answer = client.ask("paint_request", {"a": 1})
    assert answer.reply.type == "paint_reply" and answer.status == "error", answer.reply
    assert answer.states == ["busy", "idle"], answer.states
    answer = client.ask("paint", {}, reply=False)
    assert answer.states == ["busy", "idle"] and answer.reply is None


def test_input_reply_that_nobody_waits_for(kernel, client):
    client.send("input_reply", {"value": "x"}, "stdin")
    client.send("kernel_info_request", {}, "stdin")
    assert client.run('echo "on"').printed() == "on\n"


def test_heartbeat(kernel, client):
    for payload in (b"", b"x", b"y" * 100000):
        assert client.beat(payload)


def test_welcome_to_each_subscriber(kernel, client):
    for _ in range(3):
        other = kernel.client(topic=b"kernel")
        seen = other.wait_for(lambda m: m.type == "iopub_welcome", 5)
        assert seen and seen.content == {"subscription": "kernel"}, seen
        assert seen.topic == [b"kernel"] and seen.parent == {}, seen.topic


def test_pages_too_large(kernel, client):
    """More pages than a reply may hold are an error, and every reply is whole."""
    answer = client.run("help as page\n" * 4000, 60)
    assert answer.status == "error" and answer.content["ename"] == "TooLarge", answer.content
    assert "8 MiB" in answer.content["evalue"] and answer.reply.signed, answer.content
    assert client.run("help as page").content["payload"], "a page that fits"
