"""Drives the gateway with `requests`: `requests_client.py URL KEY MODEL SCENARIO…` prints what came of each, as JSON."""

import json
import sys

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

url, key, model, *scenarios = sys.argv[1:]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {key}"
HELLO = [{"role": "user", "content": "Hello"}]
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


def complete(**body):
    response = session.post(
        f"{url}/v1/chat/completions", json={"model": model, "messages": HELLO, **body}
    )
    response.raise_for_status()
    return response.json()


def events(response):
    for line in response.iter_lines(chunk_size=None):
        if line.startswith(b"data: ") and line != b"data: [DONE]":
            yield json.loads(line[6:])


def chat():
    return complete()["choices"][0]["message"]["content"]


def calculate():
    question = [{"role": "user", "content": "What is 6 * 7?"}]
    return complete(messages=question)["choices"][0]["message"]["content"]


def biased():
    return complete(logit_bias={"50256": -100})


def stream():
    body = {"model": model, "messages": HELLO, "stream": True}
    with session.post(f"{url}/v1/chat/completions", json=body, stream=True) as response:
        choices = [event["choices"][0] for event in events(response) if event["choices"]]
    return [choice["delta"]["content"] for choice in choices if choice["delta"].get("content")]


def tools():
    asked = complete(tools=[WEATHER])["choices"][0]["message"]
    call = asked["tool_calls"][0]
    city = json.loads(call["function"]["arguments"])["city"]
    result = {"role": "tool", "tool_call_id": call["id"], "content": f"{city}: 21 degrees"}
    return complete(tools=[WEATHER], messages=[*HELLO, asked, result])["choices"][0]["message"]["content"]


def form():
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "degrees": {"type": "number"}},
        "required": ["city", "degrees"],
        "additionalProperties": False,
    }
    json_schema = {"name": "forecast", "strict": True, "schema": schema}
    answered = complete(response_format={"type": "json_schema", "json_schema": json_schema})
    return json.loads(answered["choices"][0]["message"]["content"])


def embeddings():
    response = session.post(f"{url}/v1/embeddings", json={"model": model, "input": ["One text"]})
    response.raise_for_status()
    return response.json()["data"][0]["embedding"]


def message():
    body = {"model": model, "max_tokens": 100, "messages": HELLO}
    response = requests.post(f"{url}/v1/messages", json=body, headers={"x-api-key": key})
    response.raise_for_status()
    return response.json()["content"][0]["text"]


def leave():
    body = {"model": model, "messages": HELLO, "stream": True}
    with session.post(f"{url}/v1/chat/completions", json=body, stream=True) as response:
        return next(events(response))["object"]


def retry():
    waiting = Retry(total=3, status_forcelist=[429], allowed_methods=None)
    session.mount(url, HTTPAdapter(max_retries=waiting))
    return chat()


def outcome(scenario):
    try:
        return globals()[scenario]()
    except requests.HTTPError as error:
        return {"status": error.response.status_code, **error.response.json()}


print(json.dumps([outcome(scenario) for scenario in scenarios]))
