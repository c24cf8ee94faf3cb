using System.Data.Common;

namespace Vrs.Silo.Storage;

/// <summary>
/// One statement that changes data; its parameters are named <c>@p0</c>, <c>@p1</c>, … in their order.
/// </summary>
/// <param name="Sql">The text; the same object for every use, so that it is prepared once.</param>
/// <param name="Values">The parameters.</param>
public sealed record Statement(string Sql, params object?[] Values)
{
    /// <summary>
    /// Nobody stands still until it is committed: it goes along with what somebody waits for, or alone after
    /// <see cref="GroupCommitWriter.Company"/>.
    /// </summary>
    public bool CanWait { get; init; }

    private static readonly string[] Names = [.. Enumerable.Range(0, 64).Select(number => $"@p{number}")];

    /// <summary>Gives the parameters to a command; one that has them already gets the new values.</summary>
    internal void Bind(DbParameterCollection parameters, Func<DbParameter> create)
    {
        for (var position = 0; position < Values.Length; position++)
        {
            if (position == parameters.Count)
            {
                var parameter = create();
                parameter.ParameterName = Names[position];
                parameters.Add(parameter);
            }

            parameters[position].Value = Values[position] ?? DBNull.Value;
        }
    }
}
