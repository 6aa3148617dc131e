"""Loads one settings module with real Python and prints the settings that it sets as JSON.

python3 settings-differential.py FOLDER ROOT MODULE

Modules that are not installed are stood in for by permissive stubs, unless they are asked for inside a `try`; what
such a stub gives cannot be compared and is printed as {"$stub": name}.
"""
import datetime, importlib, importlib.abc, importlib.machinery, json, os, pathlib, sys, types

folder, root, module, declared_file = sys.argv[1:5]
declared = set(json.load(open(declared_file)))
sys.argv = ["manage.py"]
os.chdir(folder)
sys.path.insert(0, os.path.join(folder, root) if root else folder)
sys.path.insert(1, folder)


class Stub(types.ModuleType):
    __path__ = []

    def __init__(self, name):
        super().__init__(name)

    def __getattr__(self, name):
        if name in ("__file__", "__all__", "__wrapped__"):
            raise AttributeError(name)
        full = self.__name__ + "." + name
        made = type(name, (StubObject,), {"_name": full, "__module__": self.__name__})
        setattr(self, name, made)
        return made


class StubMeta(type):
    def __add__(cls, other):
        return other

    def __or__(cls, other):
        return cls

    def __ror__(cls, other):
        return cls

    def __radd__(cls, other):
        return other

    def __iter__(cls):
        return iter(())

    def __call__(cls, *args, **kwargs):
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        return super().__call__(*args, **kwargs)

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (StubObject,), {"_name": cls._name + "." + name})


class StubObject(metaclass=StubMeta):
    _name = "?"

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (StubObject,), {"_name": type(self)._name + "()." + name})()

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return StubObject()

    def __iter__(self):
        return iter(())

    def __getitem__(self, key):
        return StubObject()

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __setitem__(self, key, value):
        pass

    def __len__(self):
        return 0


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top not in declared:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Stub(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.append(Finder())

# The Python and Django at hand are older than what many projects ask for; what they only refuse is let through.
import builtins, collections, logging.config

Version = collections.namedtuple("Version", "major minor micro releaselevel serial")
sys.version_info = Version(3, 12, 4, "final", 0)
logging.config.dictConfig = lambda *args, **kwargs: None
plain_import = builtins.__import__


def patient_import(name, globals=None, locals=None, fromlist=(), level=0):
    for _ in range(20):
        try:
            return plain_import(name, globals, locals, fromlist, level)
        except ImportError as error:
            source = sys.modules.get(error.name or "")
            if source is None or not str(error).startswith("cannot import name") or str(getattr(source, "__file__", "")).startswith(folder):
                raise
            wanted = str(error).split("'")[1]
            if hasattr(source, wanted):
                raise
            setattr(source, wanted, type(wanted, (StubObject,), {"_name": error.name + "." + wanted}))
    raise ImportError(name)


builtins.__import__ = patient_import


def plain(value, depth=0):
    if depth > 30:
        return {"$deep": True}
    if value is None or isinstance(value, (bool, str)):
        if isinstance(value, str) and type(value) is not str:
            return {"$stub": type(value).__name__} if type(value).__name__ == "Stub" else str(value)
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(int(value))
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, bytes):
        return value.decode("latin1")
    if isinstance(value, pathlib.PurePath):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [plain(one, depth + 1) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(one, depth + 1) for one in value), key=lambda one: json.dumps(one, separators=(",", ":"), ensure_ascii=False))
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key) if isinstance(key, pathlib.PurePath) else repr(key): plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, datetime.timedelta):
        return {"$seconds": value.total_seconds()}
    if isinstance(value, StubObject) or isinstance(value, type) and issubclass(value, StubObject):
        return {"$stub": getattr(value, "_name", "?")}
    if isinstance(value, Stub):
        return {"$stub": value.__name__}
    if type(value).__module__.startswith("django.utils.functional"):
        try:
            return str(value)
        except Exception as error:
            made = vars(value).get("_proxy____args") or (str(error)[:80],)
            return plain(made[0], depth + 1)
    if isinstance(value, types.FunctionType):
        return {"$function": value.__name__}
    return {"$object": type(value).__name__, "name": getattr(value, "__name__", None)}


out = {"settings": {}, "error": None}
try:
    import django

    django.setup = lambda *args, **kwargs: None

    os.environ["DJANGO_SETTINGS_MODULE"] = module
    loaded = importlib.import_module(module)
    for name in dir(loaded):
        if name.isupper():
            try:
                out["settings"][name] = plain(getattr(loaded, name))
            except Exception as error:
                out["settings"][name] = {"$object": repr(error)[:100]}
except BaseException as error:
    import traceback

    out["error"] = f"{type(error).__name__}: {error}"[:300] + " | " + traceback.format_exc()[-700:]
print("\n@@@" + json.dumps(out, default=lambda one: {"$object": type(one).__name__}))
