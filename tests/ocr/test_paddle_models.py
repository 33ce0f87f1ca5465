"""Folders of PP-OCR models: which are taken, which are refused and why."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import yaml
from PIL import Image, ImageDraw, ImageFont

from gxextract.errors import MissingPart, UsageError
from gxextract.ocr import engine
from gxextract.ocr.paddle_models import Model, bundled_models, models_in

ONNX, PADDLE = "inference.onnx", "inference.pdiparams"


def made(folder: Path, models: dict[str, tuple[str, str]]) -> Path:
    """Folders by name, each with a description of a model so called, and one file of weights."""
    for name, (model, weights) in models.items():
        (folder / name).mkdir()
        (folder / name / "inference.yml").write_text(yaml.safe_dump({"Global": {"model_name": model}}), "utf-8")
        (folder / name / weights).write_bytes(b"")
    return folder


def test_any_two_folders_are_told_apart_by_what_their_models_are_called(tmp_path: Path) -> None:
    folder = made(
        tmp_path,
        {
            "a": ("PP-OCRv5_server_rec", ONNX),
            "b": ("PP-OCRv4_mobile_det", ONNX),
            "c": ("PP-LCNet_x1_0_textline_ori", ONNX),
        },
    )
    assert models_in(folder) == (
        Model(name="PP-OCRv4_mobile_det", folder=folder / "b", runs_on="onnxruntime"),
        Model(name="PP-OCRv5_server_rec", folder=folder / "a", runs_on="onnxruntime"),
    )


@pytest.mark.parametrize(
    ("models", "said"),
    [
        ({}, "holds none; unpack"),
        ({"a": ("PP-OCRv5_server_det", ONNX)}, "holds PP-OCRv5_server_det; unpack"),
        (
            {"a": ("X_det", ONNX), "b": ("Y_det", ONNX), "c": ("X_rec", ONNX)},
            "one folder with a detection model .* holds X_det, Y_det, X_rec",
        ),
        ({"a": ("X_det", ONNX), "b": ("X_rec", "weights.bin")}, "b holds neither inference.onnx nor"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, models: dict[str, tuple[str, str]], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        models_in(made(tmp_path, models))


@pytest.mark.parametrize("content", [b"", b"- a\n- b\n", b"Global: {}\n", b"a: [\n", b"\xff\xfe\xfa"])
def test_a_description_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = made(tmp_path, {"a": ("X_det", ONNX), "b": ("X_rec", ONNX)})
    (folder / "b/inference.yml").write_bytes(content)
    with pytest.raises(UsageError, match=r"b/inference.yml describes no model"):
        models_in(folder)


@pytest.mark.skipif(importlib.util.find_spec("paddle") is not None, reason="paddlepaddle is installed")
def test_weights_for_paddlepaddle_need_it(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="pip install paddlepaddle, or convert the model to ONNX"):
        models_in(made(tmp_path, {"a": ("X_det", PADDLE), "b": ("X_rec", PADDLE)}))


def test_the_models_in_the_wheel_become_such_folders(tmp_path: Path) -> None:
    made_here = bundled_models(tmp_path)
    assert models_in(tmp_path) == made_here
    detection, recognition = (
        yaml.safe_load((model.folder / "inference.yml").read_text("utf-8")) for model in made_here
    )
    assert detection["PostProcess"]["name"] == "DBPostProcess"
    characters = recognition["PostProcess"]["character_dict"]
    assert {*"0123456789", *"政府信息公开"} <= set(characters)
    assert _outputs(recognition=made_here[1]) == len(characters) + 2  # a blank before, a space behind


@pytest.mark.skipif(importlib.util.find_spec("paddleocr") is None, reason="paddleocr is missing: make test-paddle")
def test_models_of_the_users_are_read_with(tmp_path: Path) -> None:
    bundled_models(tmp_path)
    picture = Image.new("RGB", (400, 140), "white")
    ImageDraw.Draw(picture).text((60, 50), "20230415", font=ImageFont.load_default(40), fill="black")
    (line,) = engine("paddleocr", 1, str(tmp_path)).find(np.array(picture))
    assert line.text == "20230415"


def _outputs(recognition: Model) -> int:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(recognition.folder / ONNX), providers=["CPUExecutionProvider"])
    return int(session.get_outputs()[0].shape[-1])
