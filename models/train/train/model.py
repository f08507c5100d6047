"""The network as it is trained: a BERT encoder with two outputs, and the int8 arithmetic of the engine simulated.

Weights are shipped as int8 per output channel, symmetric and within [-63, 63]: the sum of two products of an unsigned
and such a signed byte fits 16 bits, so every instruction set gives the same result. Activations are quantised by the
engine per token, asymmetric u8, before every matrix product. The word embeddings are int8 per row, [-127, 127].
"""
import json
import pathlib

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from prepare import data

WEIGHT_LEVELS = 63
EMBEDDING_LEVELS = 127


def quantise(weight: torch.Tensor, levels: int) -> tuple[torch.Tensor, torch.Tensor]:
    """int8 values and one float32 scale a row."""
    scale = weight.abs().amax(1).clamp_min(1e-12) / levels
    return torch.round(weight / scale[:, None]).clamp_(-levels, levels).to(torch.int8), scale.float()


class RoundedWeight(torch.autograd.Function):
    """The weight as it is shipped; the gradient passes as if it had not been rounded (straight-through)."""

    @staticmethod
    def forward(_, weight):
        scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-12) / WEIGHT_LEVELS
        return torch.round(weight / scale).mul_(scale)

    @staticmethod
    def backward(_, gradient):
        return gradient


def rounded_activation(x: torch.Tensor) -> torch.Tensor:
    """u8 per token, asymmetric, as in the engine; straight-through in training."""
    values = x.detach().float()
    low = values.amin(-1, keepdim=True).clamp_max(0)
    high = values.amax(-1, keepdim=True).clamp_min(0)
    scale = ((high - low) / 255).clamp_min(1e-12)
    zero = torch.round(-low / scale)
    rounded = (torch.round(values / scale + zero).clamp_(0, 255) - zero) * scale
    return x + (rounded.to(x.dtype) - x).detach()


class Linear(nn.Linear):
    """A linear layer that can round its weights and its input to what the engine sees."""

    round_weights = False
    round_activations = False

    def forward(self, x):
        if self.round_activations:
            x = rounded_activation(x)
        weight = RoundedWeight.apply(self.weight) if self.round_weights else self.weight
        return nn.functional.linear(x, weight, self.bias)


class Dropout(nn.Dropout):
    """One mask for all tokens of a text: as good a regulariser, and a CPU is not kept busy drawing random numbers."""

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype, device=x.device).bernoulli_(1 - self.p)
        return x * keep.div_(1 - self.p)


class Model(nn.Module):
    """Keys as in BertForSequenceClassification: bert.*, classifier.*."""

    def __init__(self, config: BertConfig):
        super().__init__()
        self.config = config
        self.bert = BertModel(config, add_pooling_layer=True)
        self.classifier = nn.Linear(config.hidden_size, len(data.LABELS))
        nn.init.normal_(self.classifier.weight, std=0.02)
        nn.init.zeros_(self.classifier.bias)
        for module in list(self.bert.modules()):
            if type(module) is nn.Linear:
                module.__class__ = Linear
            if type(module) is nn.Dropout and module.p > 0:
                module.__class__ = Dropout

    def forward(self, ids, mask):
        """Logits and the meaning vector: the normalised mean of the last hidden state over all tokens."""
        hidden = self.bert.encoder(self.bert.embeddings(input_ids=ids), attention_mask=self._bias(mask)).last_hidden_state
        logits = self.classifier(self.bert.pooler(hidden))
        keep = mask[..., None].to(torch.float32)
        mean = (hidden.float() * keep).sum(1) / keep.sum(1)
        return logits.float(), nn.functional.normalize(mean, dim=1)

    def _bias(self, mask):
        """What is added to attention scores so that padding gets no weight."""
        return None if bool(mask.all()) else (1.0 - mask[:, None, None, :].float()) * -1e4

    def simulate(self, weights: bool, activations: bool) -> "Model":
        for module in self.modules():
            if isinstance(module, Linear):
                module.round_weights, module.round_activations = weights, activations
        return self


def config_of(base: pathlib.Path, vocabulary: int, dropout: float, layers: int) -> BertConfig:
    config = BertConfig.from_pretrained(base)
    config.vocab_size = vocabulary
    config.num_hidden_layers = layers
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = 0.0  # the hidden dropout regularises enough
    # Sentences are short: plain matrix products beat the fused attention, whose backward pass takes a quarter of a
    # training step on a CPU.
    config._attn_implementation = "eager"
    return config


def evenly(layers: int, of: int) -> list[int]:
    """Which layers of the base a smaller network starts from: the first, the last, and evenly in between."""
    return [round(i * (of - 1) / max(layers - 1, 1)) for i in range(layers)]


def from_base(base: pathlib.Path, trimmed: pathlib.Path, seed: int = 1, dropout: float = 0.1, layers: int = 12) -> Model:
    """The base's encoder on the trimmed vocabulary, with a new, untrained head. The word embeddings are rounded to
    what is shipped at once and stay as they are."""
    torch.manual_seed(seed)
    keep = np.load(trimmed / "kept_ids.npy")
    model = Model(config_of(base, len(keep), dropout, layers))
    weights = load_file(base / "model.safetensors")
    places = {f"encoder.layer.{old}.": f"encoder.layer.{new}." for new, old in enumerate(evenly(layers, 12))}
    stem = lambda key: key[:key.index(".", len("encoder.layer.")) + 1] if key.startswith("encoder.layer.") else ""
    weights = {places.get(stem(key), "") + key.removeprefix(stem(key)): tensor for key, tensor in weights.items()
               if not stem(key) or stem(key) in places}
    values, scale = quantise(weights["embeddings.word_embeddings.weight"][torch.from_numpy(keep)], EMBEDDING_LEVELS)
    weights["embeddings.word_embeddings.weight"] = values.float() * scale[:, None]
    missing, unexpected = model.bert.load_state_dict(weights, strict=False)
    assert not unexpected and all(key.startswith("pooler.") for key in missing), (missing, unexpected)
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    return model


def from_export(folder: pathlib.Path) -> Model:
    """A shipped model directory, dequantised to float32."""
    stored = load_file(folder / "model.safetensors")
    raw = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config = BertConfig(**{key: value for key, value in raw.items() if key != "painpoint"})
    config._attn_implementation = "eager"
    model = Model(config)
    weights = {}
    for key, value in stored.items():
        if key.endswith("_scale"):
            continue
        scale = stored.get(key + "_scale")
        weights[key] = value.float() if scale is None else value.float() * scale[:, None]
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert not unexpected and not missing, (missing, unexpected)
    return model.eval()
