"""核验佐证材料封存包：python3 verify.py 封存包.zip [印出的封签]。只用标准库，Python 3.8 起可用；完好返回 0，有误返回 1。"""
import filecmp, hashlib, json, os, sys, tempfile, zipfile
sha = lambda content: hashlib.sha256(content).hexdigest()

def read(packed, name):
    try:
        return packed.read(name)
    except Exception:
        return b""

def chain(item, files, end="0" * 64):
    for place, one in enumerate(item["chain"], 1):
        name, told = f"事项 {item['number']} 第 {place} 条", {key: one[key] for key in one if key != "digest"}
        if one["number"] != place or one["previous"] != end:
            yield f"{name}：缺失、多出或次序被改动"
        if sha(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()) != one["digest"]:
            yield f"{name}：内容被改动"
        if one["act"] == "attach" and "files/" + one["file"] not in files:
            yield f"{name}：所附文件不在清单"
        end = one["digest"]
    if end != item["end"]:
        yield f"事项 {item['number']}：链尾缺失或被改动"

def check(path, printed, again):
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(again, "w") as same:
        names, manifest = packed.namelist(), read(packed, "manifest.json")
        seal = printed.strip().lower() or read(packed, "SEAL").decode("ascii", "replace")
        listed = {"manifest.json": seal, "SEAL": sha(sha(manifest).encode()), **json.loads(manifest)["files"]}
        for name in sorted(set(listed) ^ set(names)):
            yield f"{name}：{'清单有，包内缺失' if name in listed else '清单没有，包内多出'}"
        for name in sorted(names):
            made, content = zipfile.ZipInfo(name), read(packed, name)
            made.create_system, made.external_attr = 3, 0o644 << 16
            same.writestr(made, content)
            if sha(content) != listed.get(name, sha(content)):
                yield f"{name}：内容被改动或损坏{'（与封签不符）' if name == 'manifest.json' else ''}"
        for item in json.loads(manifest)["items"]:
            yield from chain(item, listed)

if __name__ == "__main__":
    wrong, path, printed = [], sys.argv[1], "".join(sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder:
        try:
            wrong += check(path, printed, os.path.join(folder, "again"))
            if not wrong and not filecmp.cmp(path, os.path.join(folder, "again"), shallow=False):
                wrong.append("压缩包：封存后被重新打包、改了次序或改动了包装")
        except Exception as error:
            wrong.append(f"封存包或 manifest.json 读不下去，已损坏或被改动（{type(error).__name__}）")
    print("\n".join(wrong) or "核验无误" + ("，与印出的封签一致。" if printed else "；没有给出印出的封签，整包重做的看不出来。"))
    sys.exit(1 if wrong else 0)
