using System.Globalization;
using System.Text.Json;

namespace Vrs.Silo.Records;

/// <summary>Writes records for others to read.</summary>
internal static class RecordExport
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>RFC 4180, with a line of names first. An empty field says that there is no value.</summary>
    /// <param name="records">The records.</param>
    /// <param name="to">Where to; left open.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task Csv(IAsyncEnumerable<CallRecordRow> records, Stream to, CancellationToken stop)
    {
        await using var writer = new StreamWriter(to, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Line(CallRecordRow.Names).AsMemory(), stop);
        await foreach (var record in records.WithCancellation(stop))
        {
            await writer.WriteLineAsync(Line(record.Fields().Select(field => Text(field.Value))).AsMemory(), stop);
        }
    }

    /// <summary>One JSON object on each line.</summary>
    /// <inheritdoc cref="Csv"/>
    public static Task Json(IAsyncEnumerable<CallRecordRow> records, Stream to, CancellationToken stop) =>
        Json(records.Select(record => record.Fields()), to, stop);

    /// <summary>One JSON object on each line.</summary>
    /// <param name="rows">Names and values of each.</param>
    /// <param name="to">Where to; left open.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task Json(
        IAsyncEnumerable<IEnumerable<(string Name, object? Value)>> rows, Stream to, CancellationToken stop)
    {
        await foreach (var row in rows.WithCancellation(stop))
        {
            var fields = row.ToDictionary(field => field.Name, field => field.Value);
            await JsonSerializer.SerializeAsync(to, fields, cancellationToken: stop);
            await to.WriteAsync(NewLine, stop);
        }
    }

    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
