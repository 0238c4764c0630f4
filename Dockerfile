# kg in a container. Papers and builds are mounted at /data:
#   docker build -t kg .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" kg build papers.jsonl -o output
#   docker run --rm -p 127.0.0.1:8765:8765 -v "$PWD:/data:ro" kg serve -o output --host 0.0.0.0
FROM python:3.12-slim AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY LICENSES LICENSES
COPY ontology ontology
COPY kg kg
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ENV PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
# What is downloaded stays with the builder, and the wheel in its stage: neither is in the image.
RUN --mount=type=cache,target=/root/.cache/pip --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    pip install --root-user-action=ignore /wheels/*.whl && kg doctor
# A number, so that a cluster can see that it is not root. --user replaces it where the mounted folder is another's.
USER 1000:1000
WORKDIR /data
EXPOSE 8765
ENTRYPOINT ["kg"]
CMD ["--help"]
