"""Pastes texts into shells that run in a terminal, as VS Code's terminal does, and tells what ran.

Reads JSON from standard input: the folder of the programs that the shells find, and sessions, each with a shell and the
texts that are pasted there one after the other. A text that leaves the shell in the middle of something is the last one.
"""

import json
import os
import pty
import re
import select
import shutil
import signal
import sys
import tempfile
import time

LIMIT_SECONDS = 5
PROMPT = b"READY> "
# A shell that writes this takes what is pasted as text, up to the mark that ends it.
MARKS_PASTE = b"\x1b[?2004h"


class Ended(Exception):
    pass


class Terminal:
    def __init__(self, shell, programs, folder):
        self.folder = folder
        self.output = b""
        with open(os.path.join(folder, "inputrc"), "w") as file:
            file.write(shell["inputrc"])
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            env = {
                "PATH": programs + ":/usr/bin:/bin",
                "HOME": folder,
                "CALLS": os.path.join(folder, "calls"),
                "TERM": "xterm-256color",
                "LC_ALL": "C.UTF-8",
                "PS1": PROMPT.decode(),
                "INPUTRC": os.path.join(folder, "inputrc"),
            }
            os.execvpe(shell["command"][0], shell["command"], env)
        os.set_blocking(self.fd, False)
        self.marks_paste = shell["marksPaste"]
        self.wait_for_prompt()

    def wait_for_prompt(self):
        # Bash writes its mark before the prompt, zsh after it.
        if MARKS_PASTE not in self.wait_for(PROMPT) and self.marks_paste:
            self.wait_for(MARKS_PASTE)

    def wait_for(self, text):
        """Gives what came before the text, and goes on behind it."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while text not in self.output:
            self.exchange(b"", deadline)
        before, _, self.output = self.output.partition(text)
        return before

    def write(self, data):
        deadline = time.monotonic() + LIMIT_SECONDS
        while data:
            data = data[self.exchange(data, deadline) :]

    def exchange(self, data, deadline):
        """Reads what is there; writes some of the data, and gives how much."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise Ended
        readable, writable, _ = select.select([self.fd], [self.fd] if data else [], [], left)
        try:
            if readable:
                self.output += os.read(self.fd, 65536)
            return os.write(self.fd, data[:1024]) if writable else 0
        except BlockingIOError:
            return 0
        except OSError:
            # Linux says so when the shell is gone.
            raise Ended from None

    def paste(self, text):
        """See `prepareTextForTerminal` and `bracketTextForPaste` of xterm.js."""
        data = re.sub(r"\r?\n", "\r", text).encode()
        self.write(b"\x1b[200~" + data + b"\x1b[201~" if self.marks_paste else data)

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def calls_in(text):
    """What the programs wrote down: the number of words, and the words."""
    items = text.split("\0")[:-1]
    calls = []
    while items:
        count = int(items[0])
        calls.append(items[1 : count + 1])
        items = items[count + 1 :]
    return calls


def take(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return ""
    with open(path, "rb") as file:
        text = file.read().decode(errors="replace")
    os.remove(path)
    return text


def run(session, programs):
    folder = tempfile.mkdtemp()
    terminal = Terminal(session["shell"], programs, folder)
    results = []
    for number, text in enumerate(session["texts"]):
        is_whole = True
        try:
            terminal.paste(text)
            terminal.write(b"\r")
            # What is typed does not hold the word that is waited for.
            terminal.write(f'echo "do""ne-{number}."\r'.encode())
            terminal.wait_for(f"done-{number}.".encode())
            terminal.wait_for_prompt()
        except Ended:
            is_whole = False
        calls = calls_in(take(folder, "calls"))
        stdin = take(folder, "stdin")
        files = [name for name in os.listdir(folder) if name != "inputrc"]
        results.append({"calls": calls, "stdin": stdin, "files": files, "isWhole": is_whole})
        if not is_whole:
            break
    terminal.close()
    shutil.rmtree(folder)
    return results


asked = json.load(sys.stdin)
json.dump([run(session, asked["programs"]) for session in asked["sessions"]], sys.stdout)
