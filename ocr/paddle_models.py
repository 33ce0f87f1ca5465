"""PP-OCR models as folders: a user's own, or folders made from the models in rapidocr's wheel."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import MissingPart, UsageError
from ..settings import HOW_TO_GET

CONFIG = "inference.yml"
TASKS = ("det", "rec")
"""What a model does, as its name tells: finding lines, reading lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """``name`` is PaddleOCR's for this architecture, such as ``PP-OCRv5_server_rec``."""

    name: str
    folder: Path
    runs_on: Literal["onnxruntime", "paddle"]


def models_in(folder: Path) -> tuple[Model, Model]:
    """The detection and the recognition model among the folders in ``folder``.

    Raises :class:`~gxextract.errors.UsageError` unless there is exactly one of each, and
    :class:`~gxextract.errors.MissingPart` where one needs paddlepaddle and that isn't installed.
    """
    found: dict[str, list[Model]] = {task: [] for task in TASKS}
    for config in sorted(folder.glob(f"*/{CONFIG}")):
        name = _model_name(config)
        for task in TASKS:
            if name.endswith(f"_{task}"):
                found[task].append(Model(name=name, folder=config.parent, runs_on=_runs_on(config.parent)))
    if any(len(found[task]) != 1 for task in TASKS):
        names = ", ".join(model.name for models in found.values() for model in models) or "none"
        raise UsageError(
            f"{folder} must hold one folder with a detection model and one with a recognition model, each with its "
            f"{CONFIG}, and holds {names}; unpack an inference model of each kind there"
        )
    return found["det"][0], found["rec"][0]


def bundled_models(folder: Path) -> tuple[Model, Model]:
    """Copies the models in rapidocr's wheel into ``folder``, with the descriptions that paddleocr wants beside them.

    Raises :class:`~gxextract.errors.MissingPart` where the wheel lacks them.
    """
    import yaml

    spec = importlib.util.find_spec("rapidocr")
    home = Path(spec.origin).parent if spec and spec.origin else None
    if home is None or any(not list(home.glob(f"models/*_{task}_*.onnx")) for task in TASKS):
        cure = HOW_TO_GET["rapidocr"]
        raise MissingPart(f"rapidocr's models, which paddleocr uses too, are missing; install them with: {cure}")
    made = []
    usual = yaml.safe_load((home / "config.yaml").read_text("utf-8"))
    for task in TASKS:
        source = next(home.glob(f"models/*_{task}_*.onnx"))
        version, _, size = source.stem.partition(f"_{task}_")
        model = Model(name=f"{version}_{size}_{task}", folder=folder / task, runs_on="onnxruntime")
        model.folder.mkdir()
        shutil.copyfile(source, model.folder / "inference.onnx")
        steps = _detection(usual["Det"]) if task == "det" else _recognition(usual["Rec"], source)
        described = {"Global": {"model_name": model.name}, **steps}
        (model.folder / CONFIG).write_text(yaml.safe_dump(described, allow_unicode=True), "utf-8")
        made.append(model)
    return made[0], made[1]


def _detection(usual: dict[str, Any]) -> dict[str, Any]:
    normalised = {"mean": usual["mean"], "std": usual["std"], "scale": 1 / 255, "order": "hwc"}
    decided = {name: usual[name] for name in ("thresh", "box_thresh", "unclip_ratio", "max_candidates", "use_dilation")}
    return {
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"DetResizeForTest": {"resize_long": 960}},
                {"NormalizeImage": normalised},
                {"ToCHWImage": None},
            ]
        },
        "PostProcess": {"name": "DBPostProcess", **decided},
    }


def _recognition(usual: dict[str, Any], model: Path) -> dict[str, Any]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return {
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"RecResizeImg": {"image_shape": usual["rec_img_shape"]}},
            ]
        },
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": characters},
    }


def _model_name(config: Path) -> str:
    import yaml

    try:
        return str(yaml.safe_load(config.read_text("utf-8"))["Global"]["model_name"])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise UsageError(f"{config} describes no model ({error!r}); unpack the model again") from error


def _runs_on(folder: Path) -> Literal["onnxruntime", "paddle"]:
    if (folder / "inference.onnx").exists():
        return "onnxruntime"
    if not (folder / "inference.pdiparams").exists():
        raise UsageError(f"{folder} holds neither inference.onnx nor inference.pdiparams; unpack the model again")
    if importlib.util.find_spec("paddle") is None:
        raise MissingPart(f"{folder} needs paddlepaddle; pip install paddlepaddle, or convert the model to ONNX")
    return "paddle"
