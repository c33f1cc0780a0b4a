namespace JieSuJiBan.Domain;

/// <summary>A place on the ground, as a phone gave it: WGS 84 degrees, and metres of doubt, 0 where it said nothing of that. Only ever given on purpose.</summary>
public sealed record Position(double Latitude, double Longitude, double Accuracy);
