"""Speaks the Jupyter protocol to a kernel and looks at every answer.

    python tests/protocol/run.py --build DIR [--only WORD]

First jupyter_kernel_test with every attribute that the language has, then our own cases
on bare sockets, over tcp and ipc. A line for each test; last `N passed, N failed`.
"""
import argparse
import inspect
import os
import sys
import time
import traceback
import unittest

import cases_comms
import cases_life
import cases_messages
import cases_order
import cases_printed
import cases_ribbons
import cases_stdin
import cases_subshells
import cases_wire
import kernel_tests
from client import Kernel

TRANSPORTS = ("tcp", "ipc")


def own_cases():
    """(name, function, transport) of every test_ function; life cycle cases start kernels
    of their own, so they run once."""
    for module in (cases_messages, cases_order, cases_subshells, cases_printed, cases_wire,
                   cases_comms, cases_ribbons, cases_stdin, cases_life):
        for name, function in vars(module).items():
            if not name.startswith("test_"):
                continue
            alone = "program" in inspect.signature(function).parameters
            for transport in TRANSPORTS[:1] if alone else TRANSPORTS:
                yield name[5:], function, transport


class Runner:
    def __init__(self, program):
        self.program, self.passed, self.failed = program, 0, 0
        self.kernels = {}

    def shared(self, transport):
        """A kernel that many cases use, and a client of it; new when it has died."""
        kernel, client = self.kernels.get(transport, (None, None))
        if kernel is None or not kernel.alive():
            kernel = Kernel(self.program, transport)
            client = kernel.ready()
            self.kernels[transport] = kernel, client
        client.quiet(0)
        client.log.clear()
        return kernel, client

    def tell(self, good, name, seconds, why=""):
        self.passed += good
        self.failed += not good
        print("%s  %-44s %6.2f s  %s" % ("pass" if good else "FAIL", name, seconds, why),
              flush=True)

    def case(self, name, function, transport):
        began = time.monotonic()
        why = ""
        try:
            if "program" in inspect.signature(function).parameters:
                function(self.program)
            else:
                function(*self.shared(transport))
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            why = "%s:%d: %s" % (os.path.basename(where.filename), where.lineno,
                                 str(error) or where.line)
            self.drop(transport)
        self.tell(not why, "%s (%s)" % (name, transport), time.monotonic() - began, why)

    def drop(self, transport):
        kernel, _ = self.kernels.pop(transport, (None, None))
        if kernel:
            kernel.end()

    def standard(self, only):
        began = time.monotonic()
        for suite in kernel_tests.suites(self.program):
            result = unittest.TestResult()
            suite.run(result)
            bad = {getattr(t, "test_case", t).id(): why
                   for t, why in result.failures + result.errors}
            for test, why in bad.items():
                self.tell(False, test, 0, why.strip().splitlines()[-1])
            for test, why in result.skipped:
                self.tell(False, test.id(), 0, "skipped: " + why)
            good = result.testsRun - len(bad) - len(result.skipped)
            for _ in range(max(0, good)):
                self.tell(True, "jupyter_kernel_test", time.monotonic() - began)


def heed_suppressions():
    """For a sanitizer's build: every kernel that is started from here inherits it."""
    here = os.path.dirname(os.path.abspath(__file__))
    for tool in ("lsan", "tsan"):
        path = os.path.join(here, tool + ".supp")
        os.environ.setdefault(tool.upper() + "_OPTIONS", "print_suppressions=0:"
                              "halt_on_error=1:suppressions=" + path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="the folder of attn-kernel")
    parser.add_argument("--kernel", help="another program to speak to")
    parser.add_argument("--only", default="", help="cases whose name holds this word")
    options = parser.parse_args()
    heed_suppressions()
    runner = Runner(os.path.abspath(options.kernel or
                                    os.path.join(options.build, "attn-kernel")))
    if options.only in "jupyter_kernel_test":
        runner.standard(options.only)
    for name, function, transport in own_cases():
        if options.only in name:
            runner.case(name, function, transport)
    for transport in list(runner.kernels):
        runner.drop(transport)
    print("%d passed, %d failed" % (runner.passed, runner.failed))
    return 1 if runner.failed or not runner.passed else 0


if __name__ == "__main__":
    sys.exit(main())
