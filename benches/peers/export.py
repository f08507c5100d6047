"""Prints the folder of the models that the peers run, made from the bundled one where they are not there yet:

    python export.py MODEL CACHE

own        our weights in float32, in Hugging Face's form
own.onnx   the same for ONNX Runtime, and own.int8.onnx, quantised dynamically per channel
xlmr       an XLM-RoBERTa of base size with random weights: what
           cardiffnlp/twitter-xlm-roberta-base-sentiment and the like cost, with our vocabulary
"""
import hashlib
import json
import pathlib
import shutil
import sys

LABELS = ["negative", "neutral", "positive"]


def prepare(model: pathlib.Path, cache: pathlib.Path) -> pathlib.Path:
    """The folder with the exports of `model`, made where it is not there yet."""
    version = hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()[:12]
    folder = cache / version
    if not folder.exists():
        draft = cache / f"{version}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        own(model, draft / "own")
        onnx(draft / "own", draft)
        xlmr(model, draft / "xlmr")
        draft.rename(folder)
    return folder


def tokenizer(model: pathlib.Path, out: pathlib.Path, length: int) -> None:
    from transformers import PreTrainedTokenizerFast

    names = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"}
    PreTrainedTokenizerFast(
        tokenizer_file=str(model / "tokenizer.json"), model_max_length=length,
        pad_token="<pad>", unk_token="<unk>", model_input_names=["input_ids", "attention_mask"], **names,
    ).save_pretrained(out)


def own(model: pathlib.Path, out: pathlib.Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    out.mkdir(parents=True)
    tensors = load_file(model / "model.safetensors")
    floats = {}
    for name, tensor in tensors.items():
        if tensor.dtype == torch.int8:
            tensor = tensor.float() * tensors[f"{name}_scale"].unsqueeze(-1)
        if not name.endswith(".weight_scale"):
            floats[name] = tensor.float().contiguous()
    save_file(floats, out / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((model / "config.json").read_text())
    tokenizer(model, out, config["painpoint"]["max_tokens"])
    (out / "config.json").write_text(json.dumps(config))


def onnx(own: pathlib.Path, out: pathlib.Path) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(own, attn_implementation="eager").eval()
    model.config.return_dict = False
    ids = torch.randint(5, 1000, (2, 16))
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens")}
    torch.onnx.export(
        model, (), out / "own.onnx", kwargs={"input_ids": ids, "attention_mask": torch.ones_like(ids)},
        input_names=["input_ids", "attention_mask"], output_names=["logits"],
        dynamic_shapes={"input_ids": axes, "attention_mask": axes}, dynamo=True, external_data=False, verbose=False,
    )
    quant_pre_process(out / "own.onnx", out / "own.prepared.onnx", skip_symbolic_shape=True)
    quantize_dynamic(out / "own.prepared.onnx", out / "own.int8.onnx", per_channel=True, weight_type=QuantType.QInt8)


def xlmr(model: pathlib.Path, out: pathlib.Path) -> None:
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification

    torch.manual_seed(0)
    config = XLMRobertaConfig(
        vocab_size=250002, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072,
        max_position_embeddings=514, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1,
        id2label=dict(enumerate(LABELS)), label2id={name: index for index, name in enumerate(LABELS)},
    )
    XLMRobertaForSequenceClassification(config).save_pretrained(out)
    tokenizer(model, out, 512)


if __name__ == "__main__":
    print(prepare(*map(pathlib.Path, sys.argv[1:])))
