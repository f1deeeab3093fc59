using System.Text;
using SerLab.Fuzz.Mutation;
using SerLab.Notebooks;

namespace SerLab.Fuzz.Targets;

/// <summary>What reads notebooks; their cells are not run.</summary>
internal static class NotebookTargets
{
    // As Jupyter writes it.
    private const string Notebook = """
        {"cells": [
          {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "text"]},
          {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "1 + 1", "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["two\n"]},
            {"output_type": "execute_result", "execution_count": 1, "metadata": {},
             "data": {"text/plain": "2", "image/svg+xml": ["<svg>", "</svg>"]}},
            {"output_type": "error", "ename": "Oops", "evalue": "why", "traceback": []}]}],
         "metadata": {"kernelspec": {"name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5}
        """;

    private static readonly JsonMutator Mutator = new(new TextMutator(
        "cells", "cell_type", "code", "markdown", "source", "outputs", "output_type", "stream", "error", "data", "text",
        "nbformat", "4"));

    /// <summary>The one there is.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("notebook", "notebooks", folder => FuzzAttack.OnFiles(
            folder,
            [new FuzzSeed("notebook.ipynb", Encoding.UTF8.GetBytes(Notebook), Mutator)],
            path =>
            {
                NotebookDocument document = NotebookDocument.Read(path);
                _ = document.Cells.Sum(cell => cell.Source.Length + cell.Outputs.Count());
                document.Write(path);
            })),
    ];
}
