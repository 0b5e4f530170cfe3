"""jupyter_kernel_test with every attribute that the language has."""
import json
import os
import tempfile
import unittest

import jupyter_kernel_test

ATTRIBUTES = {
    "kernel_name": "attn",
    "language_name": "attn",
    "file_extension": ".attn",
    "code_hello_world": 'echo "hello, world"',
    "code_stderr": 'echo "careful" as warning',
    "completion_samples": [
        {"text": "heatm", "matches": {"heatmap"}},
        {"text": "sent", "matches": {"sentence"}},
    ],
    "complete_code_samples": ["look it", "", "# a comment", 'echo "a"\necho "b"'],
    "incomplete_code_samples": ['sentence "I love', 'echo "a\nb'],
    "code_page_something": "help as page",
    "code_generate_error": "heatmp layer 2",
    "code_execute_result": [
        {"code": "dot 2 0 1 with 1 0 2", "result": "2*1 + 0*0 + 1*2 = 4"},
        {"code": "set layer", "result": "layer auto"},
    ],
    "code_display_data": [
        {"code": "heatmap", "mime": "text/html"},
        {"code": "heatmap", "mime": "image/png"},
        {"code": "look it", "mime": "text/plain"},
    ],
    "code_history_pattern": "dot 2 ? 1*",
    "supported_history_operations": ("tail", "range", "search"),
    "code_inspect_sample": "heatmap",
    "code_clear_output": "clear",
}


def suites(program):
    """The suites, for a kernelspec written for this run alone."""
    folder = tempfile.mkdtemp(prefix="attn-jkt-")
    spec = os.path.join(folder, "kernels", "attn")
    os.makedirs(spec)
    with open(os.path.join(spec, "kernel.json"), "w") as file:
        json.dump({"argv": [program, "{connection_file}"], "display_name": "Attention",
                   "language": "attn", "interrupt_mode": "message"}, file)
    os.environ["JUPYTER_PATH"] = folder
    os.environ["JUPYTER_RUNTIME_DIR"] = os.path.join(folder, "runtime")
    os.environ["XDG_DATA_HOME"] = folder
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    base = jupyter_kernel_test
    yield load(type("Language", (base.KernelTests,), ATTRIBUTES))
    yield load(type("Welcome", (base.IopubWelcomeTests,),
                    {"kernel_name": "attn", "support_iopub_welcome": True}))
