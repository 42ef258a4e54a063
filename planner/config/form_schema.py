"""What may stand in the YAML of a quality form. Unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.config.strict import Strict
from planner.domain.form import ErrorClass

Weight = Annotated[float, Field(ge=0)]
Name = Annotated[str, Field(min_length=1)]


class ScaleFile(Strict):
    """Even steps from the least to the most points."""

    least: Annotated[float, Field(alias="from")] = 0.0
    most: Annotated[float, Field(alias="to")]
    step: Annotated[float, Field(gt=0)] = 1.0

    @model_validator(mode="after")
    def _whole_steps(self) -> ScaleFile:
        steps = (self.most - self.least) / self.step
        if steps < 1 or abs(steps - round(steps)) > 1e-9:
            raise ValueError(
                f"from {self.least:g} to {self.most:g} is no whole number of steps of {self.step:g}"
            )
        return self


class ItemFile(Strict):
    name: Name
    weight: Weight = 1.0
    item_class: Annotated[ErrorClass, Field(alias="class")] = "none"
    critical: bool = False
    scale: Literal["binary"] | ScaleFile | Annotated[list[float], Field(min_length=2)] = "binary"
    may_not_apply: bool = False
    names: dict[str, str] = {}
    anchors: dict[str, dict[str, str]] = {}


class SectionFile(Strict):
    name: Name
    weight: Weight = 1.0
    items: list[ItemFile] = Field(min_length=1)


class FormFile(Strict):
    """The whole of a form's YAML."""

    form: Annotated[str, Field(pattern=r"^\S+-\d+$")]
    name: str = ""
    languages: list[str] = []
    channels: list[str] = []
    clients: list[str] = []
    sections: list[SectionFile] = Field(min_length=1)
