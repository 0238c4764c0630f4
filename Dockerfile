# kg in a container. Papers and builds are mounted at /data:
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" kg build papers.jsonl -o output
FROM python:3.12-slim AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE CHANGELOG.md ./
COPY LICENSES LICENSES
COPY kg kg
COPY ontology ontology
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ENV PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir /wheels/*.whl && rm -r /wheels && kg doctor && useradd --create-home reader
USER reader
WORKDIR /data
EXPOSE 8765
ENTRYPOINT ["kg"]
CMD ["--help"]
