namespace JieSuJiBan.Domain;

/// <summary>A place on the ground, as a phone gave it: WGS 84 degrees, and metres of doubt. Only ever given on purpose.</summary>
public sealed record Position(double Latitude, double Longitude, double Accuracy);
