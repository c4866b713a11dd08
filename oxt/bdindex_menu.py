"""The menu of BDIndex in LibreOffice Calc: actions on the open document, done by a Python of the user's.

The process asks for what is in the document, and for what is to be changed in it; each question is answered between two
events of the office, which goes on drawing its windows meanwhile. This runs in LibreOffice's Python, whatever its
version: the standard library and UNO alone, in plain old syntax.
"""

import os
import threading

import uno
import unohelper
from bdindex_bridge import Bridge, language
from bdindex_worker import Failed, Worker
from com.sun.star.awt import XActionListener, XCallback
from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.ui.dialogs.TemplateDescription import FILESAVE_AUTOEXTENSION

COMMAND = "org.bdindex.Command"
PROTOCOL = "org.bdindex:"
TITLE = ("综合指数", "Composite Index")
STOP = ("停止", "Stop")
BUSY = ("上一项操作尚未完成，请稍候。", "The action before is not finished yet; wait a moment.")
CHOOSE = ("选择本工作簿的另一个副本", "Choose another copy of this workbook")
NAME = ("新建指数工作簿", "New Index Workbook")
NO_GUIDE = (
    "当前文档中没有使用说明：它不是指数工作簿。用“新建指数工作簿”可以新建一个。",
    "There is no guide in this document, which is no index workbook. New Index Workbook makes one.",
)
PATIENCE = 300.0  # seconds that the office may take to answer: somebody may have a menu open

WORKING = 900.0  # seconds that an action may compute without a word

_WORKER = Worker(WORKING)  # of its own: functions in cells are computed while an action changes them
_RUNNING = threading.Lock()


class _Turn(unohelper.Base, XCallback):
    """Something to do when the office has time for it."""

    def __init__(self, work):
        self._work = work
        self._done = threading.Event()
        self._answer = None

    def notify(self, _):
        try:
            self._answer = self._work()
        finally:
            self._done.set()

    def wait(self):
        if not self._done.wait(PATIENCE):
            return None
        return self._answer


class _Stop(unohelper.Base, XActionListener):
    """A small window with a button, beside the document, which takes no input meanwhile."""

    def __init__(self, context, title, label):
        self.asked = False
        services = context.ServiceManager
        model = services.createInstanceWithContext("com.sun.star.awt.UnoControlDialogModel", context)
        model.Title, model.Width, model.Height, model.Closeable = title, 120, 34, False
        button = model.createInstance("com.sun.star.awt.UnoControlButtonModel")
        button.Label, button.Name = label, "stop"
        button.PositionX, button.PositionY, button.Width, button.Height = 30, 9, 60, 16
        model.insertByName(button.Name, button)
        self._box = services.createInstanceWithContext("com.sun.star.awt.UnoControlDialog", context)
        self._box.setModel(model)
        self._box.createPeer(services.createInstanceWithContext("com.sun.star.awt.Toolkit", context), None)
        self._box.getControl(button.Name).addActionListener(self)
        self._box.setVisible(True)

    def actionPerformed(self, event):
        self.asked = True
        event.Source.setEnable(False)

    def disposing(self, event):
        pass

    def end(self):
        self._box.dispose()


class _Held(object):
    """The document of a window while an action runs on it: it takes no input, and the status bar shows the step."""

    def __init__(self, context, frame, text):
        self._context, self._frame, self._text = context, frame, text
        self._window = self._status = self._bridge = self._stop = None

    def begin(self):
        """What the process is to know of the document."""
        document = self._frame.getController().getModel()
        self._window = self._frame.getContainerWindow()
        self._window.setEnable(False)
        self._status = self._frame.createStatusIndicator()
        self._status.start(self._text(TITLE), 0)
        self._bridge = Bridge(document)
        url = document.getURL()
        path = uno.fileUrlToSystemPath(url) if url.startswith("file:") else ""
        return {
            "name": os.path.basename(path) or document.getTitle(),
            "path": path,
            "url": url,
            "modified": bool(document.isModified()),
        }

    def answer(self, question):
        """The answer to one question."""
        if question["do"] == "progress":
            return {"answer": self._status.setText(question["with"]["text"])}
        if question["do"] == "stopped":  # what asks this can be stopped: the window comes with the first time
            if self._stop is None:
                self._stop = _Stop(self._context, self._text(TITLE), self._text(STOP))
            return {"answer": self._stop.asked}
        return self._bridge.answer(question)

    def end(self):
        if self._stop is not None:
            self._stop.end()
        if self._status is not None:
            self._status.end()
        if self._window is not None:
            self._window.setEnable(True)


class Command(unohelper.Base, XInitialization, XDispatchProvider, XNotifyingDispatch, XServiceInfo):
    """One item of the menu."""

    def __init__(self, context):
        self._context = context
        self._frame = None
        self._lang = language(context)

    def initialize(self, arguments):
        if arguments:
            self._frame = arguments[0]

    def queryDispatch(self, url, target, flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    def addStatusListener(self, listener, url):
        pass

    def removeStatusListener(self, listener, url):
        pass

    def dispatch(self, url, arguments):
        self.dispatchWithNotification(url, arguments, None)

    def dispatchWithNotification(self, url, arguments, listener):
        """Begin an action. A listener is told of its end; where there is none, a box tells the user."""
        given = {one.Name: one.Value for one in arguments}
        file = given.get("File", "")
        if url.Path == "help":  # needs no other Python: who has none finds there what to do
            if Bridge(self._frame.getController().getModel()).guide():
                self._tell({"answer": ""}, listener)
            else:
                self._tell({"answer": self._text(NO_GUIDE), "critical": True}, listener)
            return
        if url.Path in ("compare", "new") and not file:
            file = self._chosen(url.Path)
            if not file:
                if listener is not None:
                    listener.dispatchFinished(DispatchResultEvent(self, 2, None))  # nobody knows
                return
        thread = threading.Thread(target=self._run, args=(url.Path, file, listener))
        thread.daemon = True
        thread.start()

    def _run(self, action, file, listener):
        if not _RUNNING.acquire(False):
            self._tell({"answer": self._text(BUSY), "critical": True}, listener)
            return
        try:
            answer = self._done(action, file)
        finally:
            _RUNNING.release()
        self._tell(answer, listener)

    def _done(self, action, file):
        """The answer of the process, which asks for what it needs on the way."""
        held = _Held(self._context, self._frame, self._text)

        def answering(question):
            return self._turn(lambda: held.answer(question)) or {"error": "no answer"}

        try:
            document = self._turn(held.begin)
            question = {"action": action, "lang": self._lang, "document": document, "file": file}
            return _WORKER.ask(question, self._lang, answering)
        except Failed as failed:
            return {"answer": failed.text, "critical": True}
        finally:
            self._turn(held.end)

    def _turn(self, work):
        """What some work gives that is done in the office's own time."""
        turn = _Turn(work)
        service = "com.sun.star.awt.AsyncCallback"
        self._context.ServiceManager.createInstanceWithContext(service, self._context).addCallback(turn, None)
        return turn.wait()

    def _tell(self, answer, listener):
        if listener is not None:
            state = 0 if answer.get("critical") else 1  # FAILURE, SUCCESS
            listener.dispatchFinished(DispatchResultEvent(self, state, answer["answer"]))
            return
        if not answer["answer"]:
            return
        kind = "ERRORBOX" if answer.get("critical") else "INFOBOX"
        self._turn(lambda: self._box(uno.Enum("com.sun.star.awt.MessageBoxType", kind), answer["answer"]))

    def _box(self, kind, text):
        window = self._frame.getContainerWindow()
        window.getToolkit().createMessageBox(window, kind, 1, self._text(TITLE), text).execute()

    def _chosen(self, action):
        """The file that the user names; "" where it is none."""
        picker = self._context.ServiceManager.createInstanceWithContext(
            "com.sun.star.ui.dialogs.FilePicker", self._context
        )
        if action == "new":
            picker.initialize((FILESAVE_AUTOEXTENSION,))
            picker.setTitle(self._text(NAME))
            picker.setDefaultName(self._text(NAME) + ".xlsm")
            picker.appendFilter("Excel", "*.xlsm")
        else:
            picker.setTitle(self._text(CHOOSE))
            picker.appendFilter("Excel", "*.xlsx;*.xlsm")
        return uno.fileUrlToSystemPath(picker.getFiles()[0]) if picker.execute() else ""

    def _text(self, text):
        return text[0 if self._lang == "zh" else 1]

    def getImplementationName(self):
        return COMMAND

    def supportsService(self, name):
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):
        return ("com.sun.star.frame.ProtocolHandler", COMMAND)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Command, COMMAND, ("com.sun.star.frame.ProtocolHandler", COMMAND))
