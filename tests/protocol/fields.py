"""What each message must hold, checked of every message that any case receives.

A field is (kind, wanted): wanted False may be missing. Contents may hold more.
"""
import re

MIME = re.compile(r"[\w\-+.]+/[\w\-+.]+")
TEXT, COUNT, FLAG, LIST, DICT = str, int, bool, list, dict
REPLY = {"status": (TEXT, True)}
BUNDLE = {"data": (DICT, True), "metadata": (DICT, True), "transient": (DICT, False)}
ERROR = {"ename": (TEXT, True), "evalue": (TEXT, True), "traceback": (LIST, True)}
PORTS = ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")
COMM = {"comm_id": (TEXT, True), "data": (DICT, True)}

IOPUB = {
    "status": {"execution_state": (TEXT, True)},
    "stream": {"name": (TEXT, True), "text": (TEXT, True)},
    "execute_input": {"code": (TEXT, True), "execution_count": (COUNT, True)},
    "execute_result": dict(BUNDLE, execution_count=(COUNT, True)),
    "display_data": BUNDLE,
    "update_display_data": dict(BUNDLE, transient=(DICT, True)),
    "error": ERROR,
    "clear_output": {"wait": (FLAG, True)},
    "iopub_welcome": {"subscription": (TEXT, True)},
    "shutdown_reply": dict(REPLY, restart=(FLAG, True)),
    "comm_open": dict(COMM, target_name=(TEXT, True)),
    "comm_msg": COMM,
    "comm_close": COMM,
}
ASKED = {"input_request": {"prompt": (TEXT, True), "password": (FLAG, True)}}
REPLIES = {
    "execute_reply": {"user_expressions": (DICT, True), "payload": (LIST, True),
                      "execution_count": (COUNT, True)},
    "kernel_info_reply": {"protocol_version": (TEXT, True), "implementation": (TEXT, True),
                          "implementation_version": (TEXT, True), "banner": (TEXT, True),
                          "language_info": (DICT, True), "help_links": (LIST, True),
                          "supported_features": (LIST, True)},
    "complete_reply": {"matches": (LIST, True), "cursor_start": (COUNT, True),
                       "cursor_end": (COUNT, True), "metadata": (DICT, True)},
    "inspect_reply": {"found": (FLAG, True), "data": (DICT, True), "metadata": (DICT, True)},
    "is_complete_reply": {},
    "history_reply": {"history": (LIST, True)},
    "comm_info_reply": {"comms": (DICT, True)},
    "connect_reply": {name: (COUNT, True) for name in PORTS},
    "interrupt_reply": {},
    "shutdown_reply": {"restart": (FLAG, True)},
    "usage_reply": {"pid": (COUNT, True)},
    "create_subshell_reply": {"subshell_id": (TEXT, True)},
    "delete_subshell_reply": {},
    "list_subshell_reply": {"subshell_id": (LIST, True)},
}
LANGUAGE = {name: (TEXT, True) for name in ("name", "version", "mimetype", "file_extension")}
HEADER = {name: (TEXT, True) for name in ("msg_id", "session", "username", "date", "msg_type",
                                          "version")}


def need(where, content, fields):
    for name, (kind, wanted) in fields.items():
        if name not in content:
            assert not wanted, "%s: %s is missing in %.300s" % (where, name, content)
            continue
        value = content[name]
        good = isinstance(value, kind) and (kind is FLAG or not isinstance(value, bool))
        assert good, "%s: %s is %.300r" % (where, name, value)


def need_texts(where, values):
    assert all(isinstance(v, str) for v in values), "%s: not all texts: %.300s" % (where, values)


def check_bundle(where, content):
    for mime, value in content["data"].items():
        assert MIME.fullmatch(mime), "%s: MIME type %r" % (where, mime)
        if "json" not in mime:
            assert isinstance(value, str), "%s: %s is no text" % (where, mime)
    if content["data"]:
        assert "text/plain" in content["data"], "%s: no text/plain" % where


def check_error(where, content):
    need(where, content, ERROR)
    need_texts(where, content["traceback"])
    assert content["ename"] and content["evalue"], "%s: an error that says nothing" % where


def check_expressions(where, content):
    for name, value in content.get("user_expressions", {}).items():
        need(where, value, REPLY)
        if value["status"] == "ok":
            need(where + " " + name, value, BUNDLE)
            check_bundle(where + " " + name, value)
        else:
            check_error(where + " " + name, value)


def check_reply(where, kind, content):
    need(where, content, REPLY)
    status = content["status"]
    if status == "error":
        return check_error(where, content)
    if kind == "is_complete_reply":
        assert status in ("complete", "incomplete", "invalid", "unknown"), content
        if status == "incomplete":
            need(where, content, {"indent": (TEXT, True)})
        return None
    if kind == "execute_reply" and status == "aborted":
        return need(where, content, {"execution_count": (COUNT, True)})
    assert status == "ok", "%s: status %r" % (where, status)
    assert kind in REPLIES, "%s: good, but of a kind that nobody knows" % where
    need(where, content, REPLIES[kind])
    return check_parts(where, kind, content)


def check_parts(where, kind, content):
    if kind == "execute_reply":
        check_expressions(where, content)
        for page in content["payload"]:
            need(where, page, {"source": (TEXT, True)})
    elif kind == "kernel_info_reply":
        need(where, content["language_info"], LANGUAGE)
        need_texts(where, content["supported_features"])
    elif kind == "complete_reply":
        need_texts(where, content["matches"])
    elif kind == "inspect_reply":
        check_bundle(where, content)
    elif kind == "history_reply":
        for entry in content["history"]:
            assert len(entry) == 3 and isinstance(entry[0], int), (where, entry)


def check_published(where, kind, content):
    assert kind in IOPUB, "%s: nothing that is published" % where
    need(where, content, IOPUB[kind])
    if kind == "status":
        assert content["execution_state"] in ("busy", "idle", "starting"), content
    elif kind == "stream":
        assert content["name"] in ("stdout", "stderr") and content["text"], content
    elif kind == "error":
        check_error(where, content)
    elif "data" in IOPUB[kind] and "comm_id" not in IOPUB[kind]:
        check_bundle(where, content)


def check(message):
    """Raises AssertionError that says what is wrong with it."""
    where = "%s on %s" % (message.type, message.channel)
    need(where + ", header", message.header, HEADER)
    assert isinstance(message.parent, dict), "%s: parent_header is none" % where
    assert message.signed, "%s: wrongly signed" % where
    if message.channel == "iopub":
        check_published(where, message.type, message.content)
    elif message.channel == "stdin":
        need(where, message.content, ASKED[message.type])
    else:
        assert message.type.endswith("_reply"), "%s: no reply" % where
        check_reply(where, message.type, message.content)
