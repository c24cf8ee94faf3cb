using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Vrs.Silo.Records;

/// <summary>
/// The seal of one record: SHA-256 over the seal before it on the same UTC day and the record's fields. A pure function
/// of both, so whoever seals a record, and however often, makes the same seal.
/// </summary>
internal static class RecordSeal
{
    private const string Version = "vrs-records-1";

    /// <summary>The UTC day whose chain the record belongs to: that on which the call ended.</summary>
    /// <param name="record">The record.</param>
    public static string DayOf(CallRecordRow record) => record.ended_at[.."yyyy-MM-dd".Length];

    /// <summary>What stands before the first record of a day.</summary>
    /// <param name="day">The day, <c>yyyy-MM-dd</c>.</param>
    public static string Before(string day) => $"{Version} {day}";

    /// <summary>The digest of a record, in hexadecimal.</summary>
    /// <param name="previous">The digest of the record before it on its day, or <see cref="Before"/>.</param>
    /// <param name="record">The record. Fields without a value do not count, so that a column can be added later.
    /// </param>
    public static string Of(string previous, CallRecordRow record) => Of(previous, record.Fields());

    /// <summary>The digest of fields and what stands before them, in hexadecimal.</summary>
    /// <param name="previous">What stands before.</param>
    /// <param name="fields">Names and values; those without a value do not count.</param>
    public static string Of(string previous, IEnumerable<(string Name, object? Value)> fields)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("previous", previous);
            foreach (var (name, value) in fields)
            {
                if (value is not null)
                {
                    json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                }
            }

            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
