using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Vrs.Gateway;

/// <summary>
/// Answers that say no: problem details (RFC 9457) with one plain sentence for the person at the page.
/// </summary>
public static class Problems
{
    /// <summary>What the page sent makes no sense.</summary>
    public static ProblemHttpResult BadRequest(string detail) => Say(StatusCodes.Status400BadRequest, detail);

    /// <summary>Not signed in, or not any more.</summary>
    public static ProblemHttpResult Unauthorized(string detail) => Say(StatusCodes.Status401Unauthorized, detail);

    /// <summary>Too often; the answer also carries <c>Retry-After</c>.</summary>
    public static ProblemHttpResult TooMany(string detail) => Say(StatusCodes.Status429TooManyRequests, detail);

    /// <summary>Not now.</summary>
    public static ProblemHttpResult Unavailable(string detail) => Say(StatusCodes.Status503ServiceUnavailable, detail);

    /// <summary>The sentence for a status that no endpoint explained.</summary>
    internal static string Explain(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request could not be read.",
        StatusCodes.Status401Unauthorized => "Sign in first, or again: the access token is missing or has ended.",
        StatusCodes.Status403Forbidden => "Your account may not do this.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The request's body must be application/json.",
        StatusCodes.Status426UpgradeRequired => "This address takes WebSocket connections only.",
        >= 500 => "Something went wrong here. It is in the log; try again.",
        _ => "The request was refused.",
    };

    private static ProblemHttpResult Say(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
