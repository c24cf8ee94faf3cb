using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Accounts;

/// <summary>A browser in which an account has signed in before.</summary>
/// <param name="Account">Which account; the last one, when there were several.</param>
/// <param name="Device">A name for the browser.</param>
public sealed record KnownDevice(UserId Account, string Device);

/// <summary>
/// Device cookies: a browser keeps a signed note of the account that signed in there. It gives no access to anything.
/// It only keeps people from being shut out together with a flood or with guessing that comes from the address they
/// share with it, since from then on they answer for their own account.
/// </summary>
/// <param name="signer">Signs the notes.</param>
public sealed class DeviceCookies(TokenSigner signer)
{
    /// <summary>The prefix makes browsers take it only over TLS and from this very host (RFC 6265bis).</summary>
    public const string Name = "__Host-vrs-device";

    private const string ForDevice = "vrs-device";
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>The account signed in with its password in this browser.</summary>
    public void Give(HttpContext context, UserId account)
    {
        var device = Read(context) is { } known && known.Account == account
            ? known.Device
            : RandomNumberGenerator.GetHexString(16, lowercase: true);
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = account.Value,
            [JwtRegisteredClaimNames.Jti] = device,
        };
        context.Response.Cookies.Append(Name, signer.Create(claims, ForDevice, Life), new CookieOptions
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            MaxAge = Life,
        });
    }

    /// <summary>Who signed in before in the browser that sent this request; null when there is no good note.</summary>
    public KnownDevice? Read(HttpContext context) =>
        context.Request.Cookies[Name] is { } cookie
        && signer.Read(cookie, ForDevice) is { } note
            ? new KnownDevice(UserId.From(note.Subject), note.Id)
            : null;
}
